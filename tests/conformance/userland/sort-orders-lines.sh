# userland: sort -n -r -u -k -t -h -f -c -o, stability, errors
printf '10 b\n9 a\n2 c\n2 a\n' > f; sort f; sort -n f; sort -rn f; sort -k2 f; sort -k2,2 -k1,1n f
sort -u -n f; printf 'b\nA\na\nB\n' | sort; printf 'b\nA\na\nB\n' | sort -f
printf '2K\n1G\n5M\n10\n' | sort -h
sort -t: -k3 -n /etc/passwd | head -2 | cut -d: -f1; sort -c f; echo "status $?"; sort -s -n -k1,1 f
sort -o f f; head -1 f; sort nosuch; echo "status $?"; sort -k f; sort -z -y; echo "status $?"
sort -R </dev/null; printf 'v1.10\nv1.9\n' | sort -V
sort -m <(seq 1 2 5) <(seq 2 2 4) | tr '\n' ' '; sort -nk 0 f; echo "status $?"
printf ' b\na\n' | sort -b
