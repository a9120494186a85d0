# threads: and a thread too many cannot be started
cat > t.py <<'P'
import threading, time
n = 0
try:
    for _ in range(6):
        threading.Thread(target=time.sleep, args=(1,)).start()
        n += 1
except RuntimeError as e:
    print(n, 'RuntimeError:', e, flush=True)
P
cd /sys/fs/cgroup; echo +pids > cgroup.subtree_control; mkdir a; echo 4 > a/pids.max
sh -c 'echo $$ > a/cgroup.procs; exec python3 ~/t.py'; cat a/pids.events a/pids.peak a/pids.current; rmdir a
