# cgroup-v2: memory.high: state, events, pressure
cd /root; X=/sys/fs/cgroup/x; mkdir $X
within() { sh -c 'echo 0 > /sys/fs/cgroup/x/cgroup.procs; exec "$@"' x "$@" 2> /dev/null; }
exec 2> /dev/null; echo 10M > $X/memory.high
within timeout -s KILL 6 tail /dev/zero > /dev/null & until [ "$(ps -o stat= -C tail)" = D ]; do sleep 0.1; done; sleep 2; ps -o stat,wchan:30,args -C tail | grep -v timeout; wait $! 2> /dev/null; echo $?
awk '/^(high|max|oom_kill)/ { print $1, $2 > 0 }' $X/memory.events; awk '{ split($5, t, "="); print $1, t[2] > 1000000 }' $X/memory.pressure
echo $(( $(cat $X/memory.peak) > 10485760 )) $(( $(cat $X/memory.peak) < 20971520 ))
