# userland: basic and extended expressions, classes, anchors, groups, -F, -e, -P
printf 'a.c\nabc\naabbcc\n192.168.0.1\nfoo bar\nx+y\n' > f
grep '^a' f; grep 'c$' f; grep 'a.c' f; grep -F a.c f; grep 'a\.c' f; grep -E 'a+b+' f
grep 'a\+b' f; grep '[[:digit:]]\{3\}' f
grep -E '^([0-9]{1,3}\.){3}[0-9]+$' f; grep -E 'foo|x\+' f; grep -e foo -e abc f; grep 'x+y' f
grep -E '(a)\1' f; grep '\bbar\b' f; grep -P '\d+\.' f; grep 'foo\|abc' f
grep '^$' f; echo "status $?"
grep '[' f; echo "status $?"; grep -E '(' f; echo "status $?"; grep '\(' f; grep -E 'a{2,1}' f
grep -E '*a' f | head -1
