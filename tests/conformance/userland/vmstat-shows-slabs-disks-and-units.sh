# userland: vmstat -m, -d and -d -w -t, -s in all units, -S; headings of several rounds; what was written shows under bo and "paged out"
n() { sed 's/[0-9][0-9]*/N/g' | tr -s ' '; }
vmstat -m | head -2 | sed 's/ *[0-9][0-9]*  *[0-9][0-9]* / N N /'; vmstat -m | grep -n Cache | head -3; vmstat -m | tail -1 | awk '{print $1, $4, $5}'; vmstat -m 1 2 | grep -c '^dentry '; su user -c 'vmstat -m; echo $?'
vmstat -d | head -3 | n; vmstat -wd | head -2; vmstat -d -t | head -3 | n; vmstat -d 1 3 | grep -c total; vmstat -dn 1 3 | grep -c total
for u in k K m M; do vmstat -s -S $u | head -2 | sed 's/  *[0-9]*/N/'; done; vmstat -S M | tail -1 | awk '{print ($4 > 500 && $4 < 2000)}'; vmstat -p vda1; echo $?; vmstat -D | tail -11 | n
a=$(vmstat -s | awk '/paged out/ {print $1}'); dd if=/dev/zero of=f bs=1M count=30 conv=fsync 2> /dev/null; b=$(vmstat -s | awk '/paged out/ {print $1}'); [ $((b - a)) -ge 30720 ] && echo written
(sleep 0.5; dd if=/dev/zero of=g bs=1M count=30 conv=fsync 2> /dev/null) & vmstat 5 2 | tail -1 | awk "{print (\$10 > 1000)}"; wait
