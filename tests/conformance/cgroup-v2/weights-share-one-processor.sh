# cgroup-v2: cpu.weight 100 against 300 on the same processor gives a quarter and three quarters
cd /sys/fs/cgroup; mkdir a b; echo 300 > b/cpu.weight
for g in a b; do echo 0 > $g/cpuset.cpus; bash -c "echo \$\$ > $g/cgroup.procs; while :; do :; done" & done
sleep 1; u() { awk '/^usage_usec/ {print $2}' $1/cpu.stat; }; a=$(u a); b=$(u b); sleep 6
a=$(( $(u a) - a )); b=$(( $(u b) - b )); r=$(( a * 100 / (a + b) ))
[ $r -ge 18 ] && [ $r -le 32 ] && echo 'about a quarter' || echo $r; kill %1 %2; wait
cat a/cgroup.events
