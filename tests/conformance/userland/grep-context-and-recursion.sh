# userland: -A -B -C, -r, --include, -f, -s, directories, binary files
seq 9 | sed 's/^/line /' > f; grep -A1 'line 3' f; grep -B1 'line 3' f; grep -C1 'line 5' f
grep -A1 -n '[28]$' f
mkdir -p d/e; echo needle > d/a.txt; echo needle > d/e/b.c; grep -r needle d | sort
grep -rl --include='*.c' needle d; grep needle d; echo "status $?"
grep -s x nosuch; echo "status $?"
printf 'a\0needle\n' > bin; grep needle bin; grep -a needle bin | tr '\0' '@'
printf 'line 1\nline 2\n' > p; grep -cf p f; grep; echo "status $?"
grep --nosuch x f; echo "status $?"; grep -y; grep x f < /dev/null -Q; echo | grep -c ''
grep --color=always 3 f | cat -v
