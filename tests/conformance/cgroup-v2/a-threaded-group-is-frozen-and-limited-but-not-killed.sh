# cgroup-v2: cgroup.freeze, pids.max and cpuset.cpus hold for threads; cgroup.kill is for processes
cd /sys/fs/cgroup; mkdir -p r/a; echo threaded > r/a/cgroup.type; echo '+cpuset +pids' > r/cgroup.subtree_control
python3 -c '
import threading, time
threading.Thread(target=time.sleep, args=(60,)).start()' & P=$!
until [ "$(ls /proc/$P/task | wc -l)" = 2 ]; do sleep 0.1; done; T=$(ls /proc/$P/task | tail -1)
echo $P > r/cgroup.procs; echo $T > r/a/cgroup.threads; cat r/pids.current r/a/pids.current
echo 0 > r/a/cpuset.cpus; grep -h Cpus_allowed_list /proc/$P/task/*/status; echo 1 > r/a/cgroup.kill; echo "kill: $?"
echo 1 > r/a/cgroup.freeze; until grep -q 'frozen 1' r/a/cgroup.events; do sleep 0.1; done; cat r/cgroup.events
rmdir r/a; echo "rmdir: $?"; echo 1 > r/cgroup.kill; wait; cat r/cgroup.events; rmdir r/a r
