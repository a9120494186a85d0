# userland: head - every form of counts
t() { echo "$ ${*@Q}"; "$@"; echo "[$?]"; }
seq 20 > f; printf 'a\nb\nc' > n; mkdir d; printf '1\0002\0003\000' > z
for a in '-n 3' '-3' '-n -18' '-n +3' '-c 5' '-c -45' '-c 1K' '-c 1b' '-n 1k' '-n 0' '-n -0' '-c 0' '-c -0' '-n x' '-c x' '-n 1x' '-n -x' '-n' '-c' '-5c' '-2l' '-2q' '-2v' '-2z' '-1k' '-1b' '-q' '-v' '-n 99999999999999999999' '-c -99999999999999999999' '-n 3 -c 2' '-c 2 -n 3' '--lines=2' '--bytes=3' '--li=2' '--nosuch' '-n 1,000' '-n 0x2' '-n 1e1' '-n " 2"' '-02' '-0'; do t head $a f; done
t head f n
t head -n1 f n nosuch d
t head -q -n1 f n
t head -v -n1 f
t head -n 1 - < f
t head -n 1 - f < n
t head -z -n 2 z | od -c
t head -c -1 n
t head -n -1 n
t head -n -1 < n
seq 5 | t head -n -2
seq 5 | t head -c -3
t head d
t head nosuch
t head -3 -n 2 f
t head f -3
t head -n2 -n1 f
{ head -n 1; cat; } < f | head -3
t head --help | head -1
