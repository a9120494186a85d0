# proc: the keys of vmstat, zoneinfo, meminfo and slabinfo
awk '{print $1}' /proc/vmstat; awk '{print $1}' /proc/meminfo; awk 'NR>2{print $1,$4,$5,$6}' /proc/slabinfo | tail -90; awk '/^Node/' /proc/zoneinfo; head -4 /proc/pagetypeinfo | cut -c1-40
grep -c '^Node' /proc/pagetypeinfo; awk '{print $1,$2,$3,$4,NF}' /proc/buddyinfo
