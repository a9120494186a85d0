# ex -s: scripts on standard input and by -c, commands joined by a bar, ranges, what w and q leave
printf 'one\ntwo\nthree\nfoo foo\n' > f
ex -s f <<X
%s/o/0/g
2d
wq
X
cat f
printf 'a\nb\nc\n' > g
ex -s g -c '1,2j|w h|q!'
cat g; echo --; cat h
ex -s g -c 'g/b/d' -c 'x'; cat g
printf 'x1\ny2\n' > k
ex -s -c '%s/[0-9]/<&>/' -c '1m$' -c 'wq' k; cat k
echo '%p' | ex -s k
ex -s k <<X
a
new line
.
1,\$w out
q!
X
cat out; cat k
vi -es k -c '2,3d|wq'; cat k
ex -s nofile -c 'q'; echo $?
