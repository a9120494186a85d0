# cgroup-v1: cpu.shares 1024 against 3072 on the same processor
# cgroup: v1
cd /sys/fs/cgroup/cpu; mkdir a b; echo 3072 > b/cpu.shares
for g in a b; do taskset -c 0 bash -c "echo \$\$ > $g/tasks; while :; do :; done" & done; sleep 1
a=$(cat a/cpuacct.usage); b=$(cat b/cpuacct.usage); sleep 6; a=$(( $(cat a/cpuacct.usage) - a ))
b=$(( $(cat b/cpuacct.usage) - b )); r=$(( a * 100 / (a + b) ))
[ $r -ge 18 ] && [ $r -le 32 ] && echo 'about a quarter' || echo $r; kill %1 %2
