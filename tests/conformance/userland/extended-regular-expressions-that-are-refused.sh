printf 'one\naaa{1\n' > f
for e in '{' 'a{' 'a{x' 'a{x}' 'a{1x}' 'a{1,2,3}' 'a{2,1}' 'a{}' 'a{,}' 'a{,2}' 'a|{1}' '({1}' 'a{32768}' 'a{2}{3}' '^*' 'a$*b' '\b*' '(^*)' '*' 'a|*b' '(*a)' 'a)' ')' '(' '()' '[[.a.]]' '[[.ab.]]' '[[=ab=]]' '[[.space.]]' '[a-[:digit:]]' '[[:alpha:]-z]' '[[:alpha:]' '[[:alpha]' '}' 'o}'; do
  echo "-- $e"
  sed -E "s/$e/X/" f
  [[ aaa{1 =~ $e ]]
  echo $?
  pgrep "$e" > ids || echo none
done 2>&1
for e in '\{1\}' 'a\{x' 'a\{1x\}' 'a\{1' 'a\{\}' 'a\{,2\}' 'a\{1,2,3\}' 'a**' '\(*a\)' 'a\|*o'; do
  echo "-- $e"
  sed "s/$e/X/" f
done 2>&1
