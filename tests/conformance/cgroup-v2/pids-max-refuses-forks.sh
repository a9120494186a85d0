# cgroup-v2: fork fails with EAGAIN at the limit; pids.events counts; moving in is allowed
cd /sys/fs/cgroup; mkdir g; echo 2 > g/pids.max
bash -c 'echo $$ > g/cgroup.procs; sleep 100 & (sleep 1) & wait $!; kill %1' 2>&1 | sed "s/line [0-9]*/line N/" | sort -u | head -3; cat g/pids.events; echo 0 > g/pids.max; (echo 0 > /sys/fs/cgroup/g/cgroup.procs; echo "joined $?"); cat g/pids.current
