cd /sys/fs/cgroup; mkdir x; echo 20M > x/memory.max
bash -c 'echo $$ > x/cgroup.procs; exec stress --vm 1 --vm-bytes 50M --vm-keep -t 5' 2>&1 | sed 's/\[[0-9]*\]/[PID]/; s/([0-9]*)/(PID)/; s/in [0-9]*s/in Ns/; s/worker [0-9]*/worker PID/'
dmesg | sed 's/^\[[^]]*\] //' | grep -e 'invoked oom' -e '^oom-kill' -e '^Memory cgroup' -e '^swap: usage' | sed 's/pid=[0-9]*/pid=N/; s/process [0-9]*/process N/; s/\(vm\|rss\|pgtables\):[0-9]*kB/\1:NkB/g'
dmesg | grep -o 'limit 20480kB'; dmesg | grep -c 'Tasks state'; cat x/memory.events | grep oom
