# cgroup-v2: cgroup.freeze, cgroup.events, cgroup.kill, SIGKILL to a frozen process
touch /tmp/out; mkdir /sys/fs/cgroup/f; cd /tmp; ln -s /sys/fs/cgroup/f f; sleep 100 & p=$!
echo $p > f/cgroup.procs; cat f/cgroup.events; echo 1 > f/cgroup.freeze
until grep -q 'frozen 1' f/cgroup.events; do sleep 0.1; done; cat f/cgroup.events f/cgroup.freeze
ps -o stat= -p $p; kill -USR2 $p; wait $p 2> /dev/null; echo "status $?: a fatal signal ends it"
cat f/cgroup.events; echo 0 > f/cgroup.freeze
bash -c 'trap "echo handled; exit 3" TERM; echo ready; while :; do :; done' > out & p=$!
until grep -q ready out; do sleep 0.1; done; echo $p > f/cgroup.procs; echo 1 > f/cgroup.freeze
until grep -q 'frozen 1' f/cgroup.events; do sleep 0.1; done; kill -TERM $p; sleep 0.3; cat out
echo 0 > f/cgroup.freeze; wait $p; echo "status $?"; cat out
bash -c '
	sleep 100 & echo $! > f/cgroup.procs; mkdir f/sub
	sleep 100 & echo $! > f/sub/cgroup.procs; echo 1 > f/cgroup.kill
	wait $!; echo "status $?"; wait' 2> /dev/null
until grep -q 'populated 0' f/cgroup.events; do sleep 0.1; done; cat f/cgroup.procs
echo 2 > f/cgroup.freeze; echo "status $?"; echo 0 > f/cgroup.kill; echo "status $?"
cat f/cgroup.kill; echo "status $?"; rmdir f/sub /sys/fs/cgroup/f
