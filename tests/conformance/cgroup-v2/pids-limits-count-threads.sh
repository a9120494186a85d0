# cgroup-v2: pids.max, pids.peak and threads
cd /sys/fs/cgroup; mkdir x; echo 5 > x/pids.max
cat > /root/t.py << 'P'
import threading, time
started = 0
try:
    for i in range(9):
        threading.Thread(target=time.sleep, args=(1,)).start()
        started += 1
except RuntimeError as e:
    print(e)
print(started, open('/sys/fs/cgroup/x/pids.current').read().strip())
P
( echo $BASHPID > x/cgroup.procs; exec python3 /root/t.py ); cat x/pids.peak x/pids.events; cat x/pids.current
echo 3 > x/pids.max; echo 9 > x/pids.peak; cat x/pids.peak; mkdir x/y; echo +pids > x/cgroup.subtree_control; cat x/y/pids.max x/y/pids.peak x/y/pids.current
