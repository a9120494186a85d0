# threads: user and time namespaces want a process with one thread, a mount namespace directories of one's own
unshare -Ur sleep 60 & u=$!; unshare -mui -T sleep 60 & n=$!; unshare -p -f sleep 60 & sleep 1
cat > t.py <<'P'
import threading, time, ctypes, os, sys
libc = ctypes.CDLL(None, use_errno=True)
def attempt(who, pid, kind):
    f = open('/proc/%s/ns/%s' % (pid, kind))
    r = libc.setns(f.fileno(), 0)
    print(who, kind, 'done' if r == 0 else os.strerror(ctypes.get_errno()), flush=True)
def worker():
    attempt('worker', sys.argv[1], 'user')
    for kind in ('mnt', 'uts', 'ipc', 'time', 'pid', 'net', 'cgroup'): attempt('worker', sys.argv[2], kind)
    libc.unshare(0x200)
    attempt('worker', sys.argv[2], 'mnt')
t = threading.Thread(target=worker)
t.start()
t.join()
while len(os.listdir('/proc/self/task')) > 1: time.sleep(0.1)
attempt('alone', sys.argv[2], 'time')
attempt('alone', sys.argv[1], 'user')
P
python3 t.py $u $n; kill %1 %2 %3 2> /dev/null
