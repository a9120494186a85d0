# threads: which namespaces a thread can leave
cat > t.py <<'P'
import threading, time, ctypes, os
libc = ctypes.CDLL(None, use_errno=True)
names = {'user': 0x10000000, 'pid': 0x20000000, 'mnt': 0x20000, 'uts': 0x4000000, 'ipc': 0x8000000, 'net': 0x40000000, 'cgroup': 0x2000000, 'time': 0x80, 'fs': 0x200, 'files': 0x400, 'thread': 0x10000, 'vm': 0x100, 'sighand': 0x800, 'sysvsem': 0x40000}
def attempt(who, name):
    r = libc.unshare(names[name])
    print(who, name, 'done' if r == 0 else os.strerror(ctypes.get_errno()), flush=True)
def worker():
    for name in names: attempt('worker', name)
t = threading.Thread(target=worker)
for name in ('thread', 'vm', 'sighand'): attempt('alone', name)
t.start()
t.join()
for kind in ('uts', 'ipc', 'net', 'mnt', 'cgroup', 'pid', 'user', 'pid_for_children', 'time_for_children'):
    same = os.readlink('/proc/self/ns/' + kind) == os.readlink('/proc/%d/ns/%s' % (os.getppid(), kind))
    print('main', kind, 'the same' if same else 'another')
P
python3 t.py
