# cgroup-v2: memory.max kills, pids.max refuses forks, values are rounded and parsed
cd /sys/fs/cgroup; mkdir m; cat m/memory.max m/memory.high m/pids.max m/memory.swap.max
echo 20M > m/memory.max; cat m/memory.max; echo 5000 > m/memory.max; cat m/memory.max
echo x > m/memory.max; echo "status $?"; echo -1 > m/memory.max; echo "status $?"
echo 20M > m/memory.max
bash -c 'echo $$ > m/cgroup.procs; exec tail /dev/zero' | cat; echo "status ${PIPESTATUS[0]}"
grep '^oom_kill ' m/memory.events; cut -d' ' -f1 m/memory.events; mkdir p; echo 3 > p/pids.max
(echo $BASHPID > p/cgroup.procs; cat p/pids.current; sleep 3 & sleep 3 & : | :; echo unreached) 2>&1 | head -2 | sed 's/^.*: line/line/'
awk '{print $1, ($2 > 0)}' p/pids.events; echo 0 > p/pids.max; echo "status $?"
echo -1 > p/pids.max; echo "status $?"; echo max > p/pids.max; cat p/pids.max
