# userland: uniq - all options and mistakes
t() { echo "$ ${*@Q}"; "$@"; echo "[$?]"; }
printf 'a\na\nb\nA\nc\nc\nc\na\n' > f; printf 'x 1 p\ny 1 p\nz 2 p\n\n\n' > g
for a in '' -c -d -D -u -i -ci -cd -cD -du -Dc '-D -u' '--all-repeated=separate' '--all-repeated=prepend' '--all-repeated=none' '--all-repeated=bad' '--group' '--group=append' '--group=both' '--group=prepend' '--group=separate' '--group=bad' '--group -c' '--group -d' '-f 1' '-f1 -c' '-s 1' '-w 1' '-f x' '-s x' '-w x' '-f -1' '-w 0' '-z' '-1' '+1' '-f' '-f1 -s2' '--nosuch' '--skip-fields=1' '--check-chars=1' '-f 99999999999999999999'; do t uniq $a f; t uniq $a g; done
t uniq nosuch
t uniq f out; cat out
t uniq f out x
t uniq - < f
t uniq - out2 < f; cat out2
mkdir d; t uniq d
printf 'a\0a\0b' | uniq -z | od -c
printf 'a\na' | uniq -c
t uniq /dev/null -c
t uniq f /nosuch/x
