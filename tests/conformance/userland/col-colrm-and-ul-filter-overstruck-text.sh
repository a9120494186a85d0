# userland: col, colrm, ul - backspaces, tabs, columns, underlining, what they refuse
printf '_\bu_\bn plain b\bbo\bold\n' > u; ul u; echo $?; ul -t dumb u; ul -t xterm u | cat -v; ul -i u; ul -t nosuch u; echo $?; ul nofile; echo $?; TERM=xterm ul u | cat -v; TERM=linux ul < u | cat -v
printf 'ab\033[1mx\033[0m\n' | TERM=xterm ul | cat -v
ul -Z; echo $?
col < u; echo $?; col -b < u; col -b < u | od -c | head; col -bx < u
printf 'a\tb\t\tc\n        d   e\n' > t; col t 2>&1; echo $?; col < t | cat -A; col -x < t | cat -A; col -b < t | cat -A; col -h < t | cat -A; col -xh < t | cat -A
printf 'one\r\ntwo\n\n\n' | col | cat -A; printf 'one\033' | col; printf 'a\033x b\n' | col -p | cat -A; printf 'a\033x b\n' | col | cat -A; printf 'line1\nline2\0337up\n' | col | cat -A; printf 'x\0339half\n' | col -f | cat -A; printf 'x\0339half\n' | col | cat -A; col -l x </dev/null; echo $?; col -Z; echo $?
printf '12345678901234567890\nab\tcdefghijklm\nshort\n' > r; colrm 3 5 < r; colrm 5 < r; colrm < r; colrm 3 3 < r; colrm 0 < r; echo $?; colrm 5 3 < r; echo $?; colrm a < r; echo $?; colrm 1 2 3 < r; echo $?; colrm 3 100 < r; printf 'hél你lo\n' | colrm 2 3;  colrm 12 < r | cat -A
