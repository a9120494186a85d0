# cgroup-v2: 150 % for two loops; one loop never gets more than a processor; one quota for all members
cd /sys/fs/cgroup; mkdir g
for i in 1 2; do bash -c 'echo $$ > g/cgroup.procs; while :; do :; done' & done
until [ $(wc -l < g/cgroup.procs) = 2 ]; do sleep 0.1; done
# share S: percents of a processor that the group gets in S seconds
share() { a=$(awk '/^usage_usec/ {print $2}' g/cpu.stat); t=$(date +%s%N); sleep $1; b=$(awk '/^usage_usec/ {print $2}' g/cpu.stat); echo $(( (b-a)*100000 / ($(date +%s%N)-t) )); }
within() { [ $1 -ge $2 ] && [ $1 -le $3 ] && echo "$2..$3" || echo "$1 is not in $2..$3"; }
echo '150000 100000' > g/cpu.max; sleep 0.5; within $(share 4) 110 160
echo '40000 100000' > g/cpu.max; sleep 0.5; within $(share 4) 30 48; echo max > g/cpu.max; kill %1
sleep 0.5; within $(share 3) 80 103; kill %2
