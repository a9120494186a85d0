# userland: strings - lengths, places, encodings, whitespace, several files, what it refuses
printf 'abc\0defgh\0\1\2xyzw\nlonger string here\0' > b
strings b
strings -n 3 b
strings -3 b
strings -n 10 b
strings -t d b
strings -t x b
strings -t o b
strings -o b
strings -a b
strings -f b
strings nofile; echo $?
strings b nofile b; echo $?
strings < b
strings -n 0 b; echo $?
strings -n x b; echo $?
strings -e s b
strings -e l b
strings -e S b
printf 'h\0e\0l\0l\0o\0!\0' | strings -e l
printf '\0h\0e\0l\0l\0o' | strings -e b
strings -w b
strings -s '|' b; echo
strings / ; echo $?
strings -n 3 /dev/null; echo $?
strings -d b; strings --data b
strings -T foo b
printf 'tab\there\x7f ok\nab\tc\n' | strings; printf 'x\ry\r\nabcde\fghij\n' | strings | cat -A
printf 'h\xc3\xa9llo w\xc3\xb6rld\n' > u; strings u; strings -Ue u
strings -Z 2>&1 | head -2; strings - < b 2>&1 | head -1; strings -t z b 2>&1 | head -1; strings -U i u; strings -Ux u
