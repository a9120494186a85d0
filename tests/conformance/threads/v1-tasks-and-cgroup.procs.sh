# threads: one file moves threads, the other processes
# cgroup: v1
cat > t.py <<"P"
import threading, time
for _ in range(2): threading.Thread(target=time.sleep, args=(60,)).start()
P
cd /sys/fs/cgroup/pids; mkdir a b
python3 ~/t.py & p=$!; until [ "$(ls /proc/$p/task | wc -l)" = 3 ]; do sleep 0.1; done; set -- $(ls /proc/$p/task); names() { sed "s/\b$p\b/TGID/g; s/\b$2\b/TID1/g; s/\b$3\b/TID2/g"; }
show() { for f; do echo "$f: $(cat $f 2>&1 | tr '\n' ' ')"; done | names $T; }; T=$*
echo $2 > a/tasks; show a/tasks a/cgroup.procs a/pids.current; grep pids /proc/$p/cgroup /proc/$2/cgroup | cut -d: -f2-
echo $3 > b/cgroup.procs; show b/tasks b/cgroup.procs a/tasks b/pids.current; echo $p > a/tasks; show a/tasks a/cgroup.procs b/tasks b/cgroup.procs
echo 99999 > a/tasks; echo x > a/tasks; rmdir a; kill $p; wait $p; cat a/pids.current b/pids.current; rmdir a b
