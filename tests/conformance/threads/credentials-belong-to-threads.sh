# threads: the system call changes one, the C library's function all
cat > t.py <<'P'
import threading, time, ctypes, os
libc = ctypes.CDLL(None, use_errno=True)
ready = threading.Event()
go = threading.Event()
def uids(tid):
    for line in open('/proc/self/task/%d/status' % tid).readlines():
        if line[:4] in ('Uid:', 'CapE', 'NoNe'): print(line.replace('\t', ' ').strip(), end='; ')
    print(flush=True)
def worker():
    libc.syscall(117, 1000, 1000, 1000)
    print(os.getuid(), os.access('/root/t.py', 0))
    libc.prctl(38, 1, 0, 0, 0)
    ready.set()
    go.wait()
    print(os.getuid(), os.geteuid())
t = threading.Thread(target=worker)
t.start()
ready.wait()
main = threading.main_thread().native_id
print(os.getuid())
uids(main)
uids(t.native_id)
go.set()
t.join()
end = threading.Event()
u = threading.Thread(target=end.wait)
u.start()
os.setgid(1000)
os.setuid(1000)
uids(main)
uids(u.native_id)
end.set()
P
python3 t.py
