# userland: pr - pages, headers, columns down, across and in parallel, numbers, tabs, what it refuses
seq 1 100 > n; printf 'a\tb\nlonger line here\nshort\n' > t
touch -d '2025-05-05 10:20' n t
pr n | head -70
pr -h Title t | head -8
pr -t t
pr -T t
pr -3 -t n | head -40
pr -3 -l 20 n | head -45
pr -t -n t
pr -tn:3 t
pr -t -o 4 t
pr -m -t t t
pr -m t n | head -12
pr -2 -t -s: n | head -3
pr -2 -t -S'| ' n | head -3
pr -a -3 -t n | head -4
pr -d -t t
pr -l 15 -w 40 t
pr -t -e t | cat -A
pr -t -i t | cat -A
pr +2 n | head -10
pr +2:2 -l 20 n | tail -22
pr -f n | head -3
pr -F -l 20 t | cat -A | head
pr -D %Y t | head -5
pr -t -N 10 -n t
pr -t -w 20 -3 t
pr -t -w 10 t
pr -t -W 10 t
pr -J -2 -t n | head -3
pr nofile; echo $?
pr -r nofile; echo $?
pr -x; echo $?
pr -l x n; echo $?
pr -0 n; echo $?
pr -3 -m t t; echo $?
pr -a -m t t; echo $?
pr -w 2 -5 n; echo $?
pr +0 n; echo $?
pr --columns=2 -t t
pr -t - < t
echo hello | TZ=UTC pr | sed -n 3p | cut -c 17-
pr /; echo $?
pr -t -c bin 2>&1; printf 'a\001b\033[1m\177\n' | pr -t -v; printf 'a\001b\033[1m\177\n' | pr -t -c
