# userland: tr sets, ranges, classes, -d -s -c, escapes; errors
echo hello | tr a-z A-Z; echo hello | tr -d l; echo aabbcc | tr -s a-c
echo 'a1 b2' | tr -cd '0-9\n'; echo a:b | tr : '\n'; echo hello | tr '[:lower:]' '[:upper:]'
echo abc | tr abc x; echo abc | tr -t abc x; printf 'a\0b' | tr '\0' '\n'; echo
echo 'a b' | tr ' ' _; echo abc | tr -c 'b\n' X; echo ab-c | tr -d -- -; echo '  x  ' | tr -s ' '
echo abc | tr '[a-c]' '(x-z)'; echo 'tab	x' | tr '\t' ' '
tr; echo "status $?"; echo x | tr a; echo "status $?"; echo x | tr a b c
echo x | tr z-a x; echo "status $?"; echo x | tr -Z a b; echo x | tr '[:nosuch:]' y
echo abc | tr a ''; tr -d a < nosuch; echo "status $?"
