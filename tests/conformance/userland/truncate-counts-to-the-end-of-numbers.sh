# userland: truncate with the largest sizes and every relation
for s in 10 +5 -3 '<5' '>9' /4 %5 1K 1KB 2M -9M '%7' ' 3' '+ 3'; do truncate -s "$s" a; echo "$s $? $(stat -c %s a)"; done
for s in 9223372036854775807 9223372036854775808 8E 7E 16T -9223372036854775809 x 1Q /0 %0 '<+3' ''; do truncate -s "$s" a; echo "$s $?"; done
truncate -r a -s +3 b; stat -c %s b; truncate -r a -s 3 b; echo $?; truncate -c -s 5 nosuch; echo $?; truncate -o -s 2 b; stat -c %s b; mkdir d; truncate -s 3 d; truncate -s 3 /proc/version; truncate -s 3 nodir/x; truncate a; truncate -s 5; echo $?
