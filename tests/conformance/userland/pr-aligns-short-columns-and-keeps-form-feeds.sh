# userland: pr - separators of columns that ended, numbers in columns, form feeds, tabs
seq 12 | pr -t -4 -s,
seq 12 | pr -t -4 -a -s,
seq 12 | pr -t -4 -w 20
seq 12 | pr -t -2 -n
seq 5 | pr -t -n.2 -N 98
printf 'p1\fp2\n\fp3\n' | pr -l 14 -h x | grep -c Page
printf 'p1\fp2\n' | pr -t | cat -A
printf 'p1\fp2\n' | pr -T | cat -A
seq 100 | pr +5 ; echo $?
printf 'a\tb\n' | pr -t -e4; printf 'a\tb\n' | pr -t -e; printf 'a        b\n' | pr -t -i | cat -A
seq 3 > a; printf 'x\ny\n' > b; pr -t -m a b; pr -t -m -s a b; pr -t -m -n a b; pr -t -m -J a b;  pr -t -m -S' + ' a b
pr -l 20 -2 -h two a | head -8
