# threads: a threaded domain: threads move alone, processes as a whole
cat > t.py <<"P"
import threading, time
for _ in range(2): threading.Thread(target=time.sleep, args=(60,)).start()
P
cd /sys/fs/cgroup; mkdir -p a/t1 a/t2 b; echo +pids > cgroup.subtree_control
python3 ~/t.py & p=$!; until [ "$(ls /proc/$p/task | wc -l)" = 3 ]; do sleep 0.1; done; set -- $(ls /proc/$p/task); names() { sed "s/\b$p\b/TGID/g; s/\b$2\b/TID1/g; s/\b$3\b/TID2/g"; }
show() { for f; do echo "$f: $(cat $f 2>&1 | tr '\n' ' ')"; done | names $T; }; T=$*
echo $2 > a/cgroup.procs; show a/cgroup.procs a/cgroup.threads a/pids.current a/cgroup.type; cat /proc/$2/cgroup /proc/$3/cgroup
echo $2 > b/cgroup.threads; echo threaded > a/t1/cgroup.type; echo threaded > a/t2/cgroup.type; cat a/cgroup.type a/t1/cgroup.type
echo $2 > a/t1/cgroup.threads; echo $3 > a/t2/cgroup.threads; show a/cgroup.procs a/cgroup.threads a/t1/cgroup.threads a/t1/cgroup.procs a/t2/cgroup.threads a/pids.current; cat /proc/$p/cgroup /proc/$2/cgroup /proc/$3/cgroup
echo $2 > b/cgroup.threads; echo $2 > cgroup.threads; cat a/cgroup.events a/t1/cgroup.events; rmdir a/t1; echo 1 > a/t1/cgroup.kill
echo $3 > a/t1/cgroup.procs; show a/cgroup.threads a/t1/cgroup.threads a/t2/cgroup.threads
ps -L -o cgroup -p $p; echo $p > b/cgroup.procs; show b/cgroup.procs b/cgroup.threads a/cgroup.procs b/pids.current; cat a/cgroup.events | head -1
echo 1 > b/cgroup.kill; wait $p; echo $?; cat b/pids.current b/cgroup.threads; rmdir a/t1 a/t2 a b
