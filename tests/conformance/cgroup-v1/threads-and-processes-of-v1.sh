# cgroup-v1: tasks moves threads, cgroup.procs whole processes
# cgroup: v1
cd /sys/fs/cgroup/pids; mkdir a b; python3 -c '
import threading, time
for i in range(2): threading.Thread(target=time.sleep, args=(60,)).start()' & P=$!
until [ "$(ls /proc/$P/task | wc -l)" = 3 ]; do sleep 0.1; done; set -- $(ls /proc/$P/task); B=$2 C=$3
name() { sed "s/^$P\$/T1/;s/^$B\$/T2/;s/^$C\$/T3/" | tr '\n' ' '; echo; }; show() { for f in a/tasks a/cgroup.procs b/tasks b/cgroup.procs; do echo "$f $(name < $f)"; done; }
echo $B > a/tasks; show; grep pids /proc/$P/cgroup /proc/$P/task/$B/cgroup | cut -d: -f2-; echo $C > b/cgroup.procs; show; echo $P > a/tasks; show; cat a/pids.current b/pids.current; kill -9 $P
