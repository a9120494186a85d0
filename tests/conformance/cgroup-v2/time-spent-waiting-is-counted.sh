# cgroup-v2: /proc/PID/schedstat: run time, waiting time, and how often a task began to run
burn() { exec dd if=/dev/zero of=/dev/null bs=1M; }; within() { [ $1 -ge $2 ] && [ $1 -le $3 ] && echo "$2..$3" || echo "$1 is not in $2..$3"; }
# ratio PID: of the time that it wanted to run, what it waited
ratio() { local a; a=($(cat /proc/$1/schedstat)); sleep 3; a+=($(cat /proc/$1/schedstat)); echo $(( (a[4] - a[1]) * 100 / (a[3] - a[0] + a[4] - a[1]) )); }
burn & A=$!; burn & B=$!; taskset -pc 0 $A > /dev/null; taskset -pc 0 $B > /dev/null; sleep 0.3; within $(ratio $A) 42 58; kill $B; sleep 0.3; within $(ratio $A) 0 8
cd /sys/fs/cgroup; mkdir a; echo '30000 100000' > a/cpu.max; echo $A > a/cgroup.procs; sleep 0.3; within $(ratio $A) 60 80; kill $A; wait; cat /proc/self/schedstat | wc -w; grep -c ^cpu /proc/schedstat; head -1 /proc/schedstat
