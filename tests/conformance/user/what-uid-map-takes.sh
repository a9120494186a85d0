# user: the forms of uid_map and gid_map that are refused, and by which error
unshare -U sleep 100 & p=$!
until [ "$(readlink /proc/$p/ns/user)" != "$(readlink /proc/self/ns/user)" ]; do sleep 0.1; done
try() { echo "$1" > /proc/$p/uid_map; echo "[$1] $?"; }
for it in 0 '0 0' '0 0 0' '0 0 1 1' 'a 0 1' '0 -1 1' '0 4294967295 1' '4294967295 0 1' '0 0 4294967296' '0 1 4294967295' '0 0 1x' '0x0 0 1' '' ' '; do try "$it"; done
cat /proc/$p/uid_map; echo --
try '  5	7   1  '; try '0 0 1'
cat /proc/$p/uid_map
printf '0 0 4294967295' > /proc/$p/gid_map; echo $?
cat /proc/$p/gid_map /proc/$p/setgroups
kill $p
