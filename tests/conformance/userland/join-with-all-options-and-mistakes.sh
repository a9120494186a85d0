# userland: join - fields, unpaired lines, formats, orders, what it refuses
t() { echo "$ ${*@Q}"; "$@"; echo "[$?]"; }
printf '%s\n' '1 a x' '2 b y' '2 bb yy' '4 d z' > a
printf '%s\n' '1 A' '2 B' '3 C' '4 D E' > b
printf '%s\n' 'k,1' 'K,2' 'm,,3' > c
printf '%s\n' 'K,u' 'k,v' 'm,w' > d
t join a b
t join -a1 a b
t join -a 2 a b
t join -a1 -a2 a b
t join -v1 a b
t join -v 2 a b
t join -v1 -v2 a b
t join -o 1.2,2.2 a b
t join -o '1.1 2.2' -a2 a b
t join -o 0,1.3,2.3 -e EMPTY -a1 -a2 a b
t join -o auto -e - -a1 -a2 a b
t join -1 2 -2 1 a b
t join -j 1 a b
t join -t, c d
t join -t, -i c d
t join -t , -e NONE -o 0,1.2,1.3,2.2 -i c d
t join --header a b
t join --check-order c d -t,
t join --nocheck-order c d -t,
t join -t '' a b
t join -t ab a b
t join -t '\0' a b
t join -z a b
t join a
t join a b c
t join a nosuch
t join - - < a
t join -a3 a b
t join -a x a b
t join -1 0 a b
t join -1 x a b
t join -o 3.1 a b
t join -o 1.0 a b
t join -o 1 a b
t join -o '' a b
t join -j 1 -1 2 a b
t join -1 2 -1 3 a b
t join -Q a b
t join - b < a
printf 'b\na\n' > u
t join u a
t join --check-order u a
