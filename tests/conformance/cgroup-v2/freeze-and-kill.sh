# cgroup-v2: cgroup.freeze, cgroup.events, cgroup.kill, SIGKILL to a frozen process
cd /sys/fs/cgroup; mkdir f; sleep 100 & p=$!; echo $p > f/cgroup.procs; cat f/cgroup.events
echo 1 > f/cgroup.freeze; until grep -q 'frozen 1' f/cgroup.events; do sleep 0.1; done
cat f/cgroup.events f/cgroup.freeze; kill -TERM $p; sleep 0.3; kill -0 $p && echo 'still there'
ps -o stat= -p $p; echo 0 > f/cgroup.freeze; wait $p; echo "status $?"; cat f/cgroup.events
sleep 100 & echo $! > f/cgroup.procs; sleep 100 & echo $! > f/cgroup.procs; mkdir f/sub
sleep 100 & echo $! > f/sub/cgroup.procs; echo 1 > f/cgroup.kill; wait $!; echo "status $?"; wait
until grep -q 'populated 0' f/cgroup.events; do sleep 0.1; done; cat f/cgroup.procs
echo 2 > f/cgroup.freeze; echo "status $?"; echo 0 > f/cgroup.kill; echo "status $?"
cat f/cgroup.kill; echo "status $?"; rmdir f/sub f
