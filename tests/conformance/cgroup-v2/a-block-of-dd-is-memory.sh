# cgroup-v2: the block of dd is memory
dd if=/dev/zero of=/dev/null bs=100G count=1; echo $?
dd if=/dev/zero of=/dev/null ibs=1k obs=100G count=1; echo $?
dd if=/dev/zero of=/dev/null bs=100G count=0 status=none; echo $?
cd /sys/fs/cgroup; mkdir x; echo 20M > x/memory.max
sh -c 'echo $$ > x/cgroup.procs; dd if=/dev/zero of=/dev/null bs=50M count=1; echo $?' 2>&1; grep -w oom_kill x/memory.events
sh -c 'echo $$ > x/cgroup.procs; dd if=/dev/zero of=/dev/null bs=10M count=3 2>/dev/null; echo $?' 2>&1; [ $(cat x/memory.peak) -gt 10000000 ] && echo peak;  grep -w oom_kill x/memory.events
sh -c 'echo $$ > x/cgroup.procs; head -c 1 /dev/zero | dd of=/dev/null bs=50M 2>/dev/null; echo $?' 2>&1;grep -w oom_kill x/memory.events
