# cgroup-v2: memory.oom.group and oom_score_adj -1000
cd /sys/fs/cgroup; mkdir x; echo 30M > x/memory.max; echo 1 > x/memory.oom.group
bash -c 'echo $$ > x/cgroup.procs; echo -1000 > /proc/$$/oom_score_adj; exec sleep 100' & safe=$!
sh -c 'sh -c "echo \$\$ > x/cgroup.procs; sleep 100 & sleep 100 & tail /dev/zero; echo not reached"; echo $?' 2> /dev/null
kill -0 $safe && echo spared; grep -w oom_group_kill x/memory.events; until [ $(pgrep -c sleep) = 1 ]; do sleep .1; done
dmesg | grep -o 'Tasks in .*'; dmesg | grep -o 'Killed process.*([a-z]*)' | sed 's/[0-9]/N/g; s/NN*/N/' | sort -u; kill $safe
