# proc: the stable parts of uptime, free, top -b, vmstat, watch
uptime | sed 's/[0-9:.]\+/N/g'; uptime -p; free | head -1; free | awk '{print $1, NF}'
free -m | awk 'NR==2 {print ($2 > 1900 && $2 < 2049)}'; free -h | awk 'NR==3 {print $2,$3,$4}'
free --nosuch 2>&1 | head -1
top -b -n1 | sed -n 7p; top -b -n1 | head -5 | sed 's/[0-9.:]\+/N/g; s/ \+/ /g'
top -b -n1 -p $$ | tail -1 | awk '{print $1, $2, $8, $12}'; top -b -n1 -o nosuch; echo "status $?"
top -Y 2>&1 | head -1; TERM=dumb top < /dev/null | head -1; watch 2>&1 | head -3; ps -e | head -1
