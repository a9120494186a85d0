# proc: %CPU of a busy loop in top -b: the columns, about 100, and about 10 under a quota
stress -c 1 > /dev/null & until w=$(pgrep -P $! stress); do sleep 0.1; done
# cpu: %CPU of the worker in the second screen of top
cpu() { top -b -d 3 -n 2 -p $w | awk -v p=$w '$1 == p {v=$9} END {print int(v)}'; }
within() { [ $1 -ge $2 ] && [ $1 -le $3 ] && echo "$2..$3" || echo "$1 is not in $2..$3"; }
within $(cpu) 80 105; top -b -n1 -p $w | tail -1 | awk '{print $1 == '$w', $2, $3, $4, $8, $12}'
mkdir /sys/fs/cgroup/demo; echo '10000 100000' > /sys/fs/cgroup/demo/cpu.max
echo $w > /sys/fs/cgroup/demo/cgroup.procs; sleep 1; within $(cpu) 6 14; kill $!
