# userland: uniq -c -d -u -i, -f, unsorted input; errors
printf 'a\na\nb\nA\nA\na\n' > f; uniq f; uniq -c f; uniq -d f; uniq -u f; uniq -i f
sort f | uniq -c | sort -rn; printf '1 x\n2 x\n3 y\n' | uniq -f1; uniq f out; cat out | wc -l
uniq nosuch; echo "status $?"; uniq -Y; echo "status $?"; uniq a b c; uniq < /dev/null
printf 'no newline' | uniq; uniq -w1 <<< $'ab\nac'
