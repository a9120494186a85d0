# userland: wc -l -w -c -m -L, totals, alignment, stdin, errors
printf 'one two\nthree\n' > a; printf 'no newline' > b; : > e; wc a; wc b; wc e; wc a b e; wc -l a
wc -l < a; wc -w a; wc -c a; cat a | wc; wc -lc a b; printf 'äö\n' | wc -cm; wc -L a
wc nosuch a; echo "status $?"; wc /tmp; wc -x; echo "status $?"; wc -l /dev/null; ls | wc -l
