# cgroup-v2: a cpuset hierarchy of version 1 beside it, whose root has sched_load_balance off
t() { awk "{ print \$14 + \$15 }" /proc/$1/stat; }
within() { [ $1 -ge $2 ] && [ $1 -le $3 ] && echo "$2..$3" || echo "$1 is not in $2..$3"; }
share() { local a=$(t $1) b=$(t $2); sleep 3; a=$(( $(t $1) - a )) b=$(( $(t $2) - b )); echo $(( a * 100 / (a + b) )); }
burn() { exec dd if=/dev/zero of=/dev/null bs=1M; }; where() { awk '{ print $39 }' /proc/$A/stat /proc/$B/stat | sort -u | wc -l; }
mkdir /tmp/c; mount -t cgroup -o cpuset x /tmp/c; cat /tmp/c/cpuset.sched_load_balance; echo 0 > /tmp/c/cpuset.sched_load_balance
taskset -pc 1 $$ > /dev/null; sleep 0.2; taskset -pc 0-1 $$ > /dev/null; burn & A=$!; burn & B=$!; sleep 1; where; within $(share $A $B) 40 60
echo 1 > /tmp/c/cpuset.sched_load_balance; sleep 1; where; kill $A $B
