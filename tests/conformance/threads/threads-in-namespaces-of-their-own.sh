# threads: what a thread's directory says, and lsns, which looks at processes
cat > t.py <<'P'
import threading, time, ctypes, os
libc = ctypes.CDLL(None, use_errno=True)
ready = threading.Event()
def worker():
    print(libc.unshare(0x4000000), libc.unshare(0x20000), flush=True)
    os.chdir('/tmp')
    ready.set()
    time.sleep(60)
t = threading.Thread(target=worker)
t.start()
ready.wait()
print(os.getcwd())
open('ready', 'w').close()
P
python3 t.py & p=$!; until [ -e ready ]; do sleep 0.1; done; set -- $(ls /proc/$p/task)
for k in uts mnt net; do [ $(readlink /proc/$p/ns/$k) = $(readlink /proc/$2/ns/$k) ] && echo $k: one || echo $k: two; done
readlink /proc/$p/task/$2/cwd; readlink /proc/$p/cwd; lsns -n -t uts -o NPROCS,COMMAND | grep -c python; lsns -n -t uts | wc -l
nsenter -u -t $2 hostname inner; hostname; nsenter -u -t $2 hostname; nsenter -u -t $p hostname; grep -c . /proc/$2/mountinfo /proc/$p/mountinfo > /dev/null; kill $p
