# cgroup-v1: lab 1: stress at 100 %, 10 % and 50 % by cpu.cfs_quota_us; cpu.stat grows
# cgroup: v1
cd /sys/fs/cgroup/cpu; mkdir demo
stress -c 1 > /dev/null & until w=$(pgrep -P $! stress); do sleep 0.1; done; echo $! > demo/tasks
echo $w > demo/tasks; wc -l < demo/tasks
near() { [ $1 -ge $(($2*7/10)) ] && [ $1 -le $(($2*13/10)) ] && echo "about $2 %" || echo "$1 % is not $2 %"; }
# share S: percents of a processor that the group gets in S seconds
share() { a=$(cat demo/cpuacct.usage); t=$(date +%s%N); sleep $1; b=$(cat demo/cpuacct.usage); echo $(( (b-a)*100 / ($(date +%s%N)-t) )); }
near $(share 3) 100; cat demo/cpu.stat; echo 10000 > demo/cpu.cfs_quota_us; sleep 0.5
near $(share 4) 10; echo 50000 > demo/cpu.cfs_quota_us; sleep 0.5; near $(share 4) 50
awk '{print $1, ($2 > 0)}' demo/cpu.stat; echo -1 > demo/cpu.cfs_quota_us; sleep 0.5
near $(share 3) 100; kill $!; until rmdir demo 2> /dev/null; do sleep 0.1; done; echo gone
