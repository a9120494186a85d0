# threads: they are the process's
cat > t.py <<'P'
import threading, os, ctypes
libc = ctypes.CDLL(None, use_errno=True)
def attempt(name, r):
    print(name, r if r >= 0 else os.strerror(ctypes.get_errno()), flush=True)
def worker():
    me = threading.get_native_id()
    attempt('setpgid of a thread', libc.setpgid(me, me))
    attempt('setpgid of the process', libc.setpgid(0, 0))
    print('a leader', os.getpgrp() == os.getpid(), os.getpgid(me) == os.getpid())
    attempt('setsid of a group leader', libc.setsid())
    print(os.getsid(me) == os.getsid(0))
t = threading.Thread(target=worker)
t.start()
t.join()
P
python3 t.py
cat > u.py <<'P'
import threading, os
def worker():
    os.setsid()
    print(os.getsid(0) == os.getpid(), os.getpgrp() == os.getpid())
t = threading.Thread(target=worker)
t.start()
t.join()
print(os.getsid(0) == os.getpid(), open('/proc/self/stat').read().split()[5] == str(os.getpid()))
P
python3 u.py & wait $!
