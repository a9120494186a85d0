# threads: PR_SET_NAME, comm of another thread, and of another process
cat > t.py <<'P'
import threading, time, ctypes, os
libc = ctypes.CDLL(None)
ready = threading.Event()
def worker():
    libc.prctl(15, b'worker with a long name', 0, 0, 0)
    ready.set()
    time.sleep(60)
t = threading.Thread(target=worker)
t.start()
ready.wait()
f = open('/proc/self/task/%d/comm' % t.native_id)
print(f.read(), end='')
print(open('/proc/self/comm').read(), end='', flush=True)
u = threading.Thread(target=time.sleep, args=(60,))
u.start()
f = open('/proc/self/task/%d/comm' % u.native_id, 'w')
f.write('renamed')
f.close()
open('ready', 'w').close()
P
python3 t.py & p=$!; until [ -e ready ]; do sleep 0.1; done
ps -L -o comm -p $p; ps -o comm,args -p $p; pstree $p; pstree -t $p; set -- $(ls /proc/$p/task); echo other > /proc/$2/comm; echo other > /proc/$p/comm; ps -L -o comm= -p $p
pgrep -x renamed; pgrep -w -x renamed > /dev/null && echo 'pgrep -w finds it'; pgrep -w python3 | wc -l; pkill -x 'worker with a l'; echo $?
kill $p
