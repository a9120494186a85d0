# userland: sdiff - options that diff -y has, what it refuses
printf '1\n2\n3\n4\n5\n' > o; printf '1\nA\n3\n4\n5\n' > m; printf '1\n2\n3\nB\n5\n' > y; printf '1\nX\n3\n4\n5\n6\n' > z; : > f
sdiff o m; echo $?
sdiff o o; echo $?
sdiff -s o m; echo $?; sdiff -l o z; sdiff -w 40 o z; sdiff -w 40 -t o z | cat -A; sdiff -w 40 o z | cat -A
sdiff o nofile; echo $?; sdiff o; echo $?; sdiff o m y; echo $?; sdiff -Q o m; echo $?; sdiff -i o m >/dev/null; echo $?; sdiff -b -W -B -E o m | head -2
sdiff f o; printf 'a\n' > a; printf 'A\n' > b; sdiff -i a b; echo $?; sdiff -I '^[aA]' a b; echo $?
printf 'a long line that does not fit in half a page width really so\n' > L; sdiff L o -w 60; cat o | sdiff - z | tail -2
