printf 'one two three\nfoo bar\ntwo three\nlast\n' > f
GREP_COLORS='sl=1:cx=2' grep --color=always -A1 two f
GREP_COLORS='sl=1:cx=2:rv' grep --color=always -v two f
GREP_COLORS='sl=1:ms=:mc=' grep --color=always -n two f
GREP_COLORS='sl=1:ne' grep --color=always t f
grep -T -n foo f
grep -T -b foo f
grep -nTH foo f
grep -nT foo < f
cat f | grep -nT foo
# The lines after the last one wanted are shown even if they match.
grep -m1 -A3 two f
grep -m1 -v -A1 two f
grep -D foo two f
echo $?
egrep
fgrep
grep -P -e one -e two f
echo $?
grep -P 'one
two' f
grep -E 'bar|*x' f
grep -E '+foo' f
