for r in '(' ')' 'x(' '*' '+' '?' 'a|' '|a' 'a||b' '()' '(|a)' '(a|)' 'a**' '^*' '^+' '[[:foo:]]' 'a{2}' '{'; do
  echo "-- $r"
  echo abc | awk "/$r/"
  echo abc | awk -v r="$r" '{ print ($0 ~ r) }'
done 2>&1
echo 'a((b' | awk -F'(' '{ print $3 }'
echo a | awk -F'((' '{ print $1 }'
echo a | awk -F'||' '{ print $1 }'
echo a | awk '{ split($0, b, "((") }'
echo a | awk '{ print ($0 ~ "((") }'
for p in 'rand(1)' 'systime(1)' 'srand(1,2)' 'split(1,a,2,3)' 'split()' 'sub(1)' 'gsub(/a/)' 'match(1)' 'toupper' 'toupper()' 'substr("abc")' 'int()' 'exp(1,2)' 'close()' 'atan2(1)' 'sprintf()' 'index(1)' 'length(1,2)' 'strftime(1,2,3,4)' 'mktime()'; do
  awk "BEGIN { print $p }"
  echo "$p $?"
done 2>&1
awk 'BEGIN { NF = -1 }'
awk 'BEGIN { getline < "/" }'
echo $?
awk -v 'BEGIN {}'
awk -v 1=2 1
echo $?
awk 'BEGIN
{ print }'
awk END
awk 'BEGIN { print "unterminated string }'
printf 'BEGIN { print "abc\n }' > p.awk
awk -f p.awk
printf 'BEGIN {\n\n print a; a[1] = 2\n}' > p.awk
awk -f p.awk
printf 'BEGIN { f(1) }' > p.awk
awk -f p.awk
echo x | awk '{ print FILENAME } END { print $(-1) }'
echo x | awk 'BEGIN { print FILENAME "|"; getline; print FILENAME }'
