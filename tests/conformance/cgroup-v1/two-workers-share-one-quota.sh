# cgroup-v1: 20 % for a group of two loops; moving one out frees it
# cgroup: v1
cd /sys/fs/cgroup/cpu; mkdir g
for i in 1 2; do bash -c 'echo $$ > g/tasks; while :; do :; done' & done
until [ $(wc -l < g/tasks) = 2 ]; do sleep 0.1; done; echo 20000 > g/cpu.cfs_quota_us; sleep 0.5
share() { a=$(cat g/cpuacct.usage); t=$(date +%s%N); sleep $1; b=$(cat g/cpuacct.usage); echo $(( (b-a)*100 / ($(date +%s%N)-t) )); }
within() { [ $1 -ge $2 ] && [ $1 -le $3 ] && echo "$2..$3" || echo "$1 is not in $2..$3"; }
within $(share 4) 15 25; t() { awk '{print $14 + $15}' /proc/$1/stat; }; echo $! > tasks
wc -l < g/tasks; a=$(t $!); sleep 3; [ $(( $(t $!) - a )) -gt 200 ] && echo 'free again'
within $(share 3) 15 25; echo 50000 > g/cpu.cfs_period_us; sleep 0.5; within $(share 4) 32 48
kill %1 %2
