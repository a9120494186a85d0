# userland: -n -c -q -v, negative and + counts, several files; errors
seq 12 > f; seq 101 103 > g; head f | tail -1; head -n 2 f; head -3 g | tail -n 1; head -n -10 f
tail -2 f; tail -n +11 f; head -c 5 f | od -c | head -1; tail -c 3 f
head -n1 f g; tail -n 1 f g; head -qn1 f g; head -v -n1 g; head nosuch f -n1; echo "status $?"
tail nosuch; echo "status $?"; head -n x f; tail -n x f; head -z2 -k f; echo "status $?"; head /tmp
tail /tmp; tail -n0 f; printf 'no nl' | tail -1; echo; head -c 1K /dev/zero | wc -c; yes | head -n 3
