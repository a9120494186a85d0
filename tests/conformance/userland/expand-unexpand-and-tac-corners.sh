# userland: expand, unexpand, tac - tab stops, separators, what they refuse
t() { echo "$ ${*@Q}"; "$@"; echo "[$?]"; }
printf '\ta\tb\tc\n  \t x\ty\b\tz\n' > f
printf '        a       b   c\n   x  \t y                z\n' > g
t expand f
t expand -i f
t expand -t 4 f
t expand -4 f
t expand -t 2,6,10 f
t expand -t '2 6 10' f
t expand -2,6 f
t expand -t 2,/5 f
t expand -t 2,+5 f
t expand -t /5,+5 f
t expand -t 0 f
t expand -t 4,2 f
t expand -t 4,4 f
t expand -t x f
t expand -t 4,x f
t expand -t '' f
t expand -t 99999999999999999999 f
t expand nosuch f
t expand -Q f
t expand -t
u() { echo "$ unexpand ${*@Q}"; unexpand "$@" | cat -T; echo "[${PIPESTATUS[0]}]"; }
u g
u -a g
u -t 4 g
u -t 4 --first-only g
u -f -t 4 g
u -4 g
u -t 2,6,10 g
u -a -t 3,/4 g
u -t 0 g
u -t 5,3 g
u -t x g
u nosuch g
u -Q
printf '1\n2\n3' > n
printf '1\n2\n3\n' > m
t tac m
t tac n
t tac n m
t tac -b m
t tac -s 2 m
t tac -b -s 2 m
t tac -r -s '[12]' m
t tac -s '' m
t tac -r -s '[' m
t tac -r -s '' m
t tac nosuch m
t tac .
t tac - < m
t tac -Q
t tac -s
t tac -s 'ab' m
printf 'a,b,c' | tac -s,; echo
printf 'aXbXXc' | tac -r -s 'XX*'; echo
