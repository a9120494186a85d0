# cgroup-v1: memory.limit_in_bytes, pids.max, freezer.state
# cgroup: v1
cd /sys/fs/cgroup; mkdir memory/m pids/p freezer/f; cat memory/m/memory.limit_in_bytes
echo 20M > memory/m/memory.limit_in_bytes; cat memory/m/memory.limit_in_bytes
echo x > memory/m/memory.limit_in_bytes; echo "status $?"; echo -1 > memory/m/memory.limit_in_bytes
cat memory/m/memory.limit_in_bytes; echo 20M > memory/m/memory.limit_in_bytes
bash -c 'echo $$ > memory/m/tasks; exec tail /dev/zero' | cat; echo "status ${PIPESTATUS[0]}"
cat memory/m/memory.oom_control; echo 3 > pids/p/pids.max; cat pids/p/pids.max pids/p/pids.current
ls freezer/f | grep freezer; sleep 100 & echo $! > freezer/f/tasks
echo FROZEN > freezer/f/freezer.state
until grep -q FROZEN freezer/f/freezer.state; do sleep 0.1; done; ps -o stat= -p $!; kill $!
sleep 0.3; cat freezer/f/freezer.state; kill -0 $! && echo alive
echo THAWED > freezer/f/freezer.state; wait $!; echo "status $?"
echo x > freezer/f/freezer.state; echo "status $?"; cat freezer/freezer.state
