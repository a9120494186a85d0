# threads: who waits for them, whose they are, and __WNOTHREAD
cat > t.py <<'P'
import threading, time, os, sys
__WNOTHREAD, __WALL, __WCLONE = 0x20000000, 0x40000000, -0x80000000
ready = threading.Event()
go = threading.Event()
def attempt(name, pid, options):
    try:
        print(name, 'status', os.waitpid(pid, options)[1], flush=True)
    except ChildProcessError as e:
        print(name, e, flush=True)
def children(tid):
    return len(open('/proc/self/task/%d/children' % tid).read().split())
def worker():
    global child
    child = os.posix_spawn('/bin/sh', ['sh', '-c', 'while [ ! -e go ]; do sleep 0.1; done; exit 3'], os.environ)
    ready.set()
    go.wait()
t = threading.Thread(target=worker)
t.start()
ready.wait()
main = threading.main_thread().native_id
print('children of main', children(main), 'of the worker', children(t.native_id), flush=True)
attempt('own only', -1, __WNOTHREAD)
attempt('clone only', -1, __WCLONE)
attempt('all', -1, __WALL | os.WNOHANG)
open('go', 'w').close()
attempt('any thread\'s', child, 0)
attempt('none left', -1, 0)
os.unlink('go')
ready.clear()
u = threading.Thread(target=worker)
u.start()
ready.wait()
go.set()
u.join()
t.join()
print('children of main', children(main), flush=True)
open('go', 'w').close()
attempt('adopted', child, __WNOTHREAD)
P
python3 t.py
