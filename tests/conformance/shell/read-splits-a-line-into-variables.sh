# shell: read with several names, -r, -n, -d, IFS, end of input
printf 'one two three four\n' > f; read a b c < f; echo "[$a] [$b] [$c]"
read -r x <<< 'back\slash'; echo "$x"; read x <<< 'back\slash'; echo "$x"
IFS=: read u _ id _ < /etc/passwd; echo "$u $id"
read -n 3 x <<< abcdef; echo $x; read -d , x <<< 'a b,c'; echo "$x"
printf 'no newline' | { read x; echo "status $? [$x]"; }
read x < /dev/null; echo "status $? [$x]"
read 1bad <<< x; echo "status $?"; read <<< 'whole line'; echo "$REPLY"
read x; echo "stdin: $?"
