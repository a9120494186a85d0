# threads: directories, umask, descriptors; limits, oom_score_adj; personality, timer slack
cat > t.py <<'P'
import threading, time, os, ctypes
libc = ctypes.CDLL(None, use_errno=True)
ready = threading.Event()
def worker():
    os.chdir('/tmp')
    os.umask(0o77)
    global fd
    fd = os.open('/etc/passwd', 0)
    open('/proc/self/oom_score_adj', 'w').write('100')
    libc.personality(0x40000)
    libc.prctl(29, 1234, 0, 0, 0)
    libc.prctl(36, 1, 0, 0, 0)
    libc.prctl(4, 0, 0, 0, 0)
    print('dumpable', libc.prctl(3, 0, 0, 0, 0), 'slack', libc.prctl(30, 0, 0, 0, 0))
    ready.set()
    time.sleep(60)
threading.Thread(target=worker, daemon=True).start()
ready.wait()
print(os.getcwd(), len(os.read(fd, 4)), open('/proc/self/oom_score_adj').read().strip())
print('dumpable', libc.prctl(3, 0, 0, 0, 0), 'slack', libc.prctl(30, 0, 0, 0, 0), flush=True)
libc.prctl(4, 1, 0, 0, 0)
open('/root/ready', 'w').close()
time.sleep(60)
P
python3 t.py & p=$!; until [ -e ready ]; do sleep 0.1; done; set -- $(ls /proc/$p/task)
grep Umask /proc/$p/status /proc/$2/status | cut -d: -f2-; cat /proc/$p/personality /proc/$2/personality; cat /proc/$2/oom_score_adj /proc/$p/task/$2/oom_score_adj; prlimit --pid $2 --nofile=100:200; prlimit -n -o SOFT,HARD --noheadings --pid $p
[ "$(ls /proc/$p/fd)" = "$(ls /proc/$2/fd)" ] && echo 'the same descriptors'; echo 300 > /proc/$2/oom_score_adj; cat /proc/$p/oom_score_adj; kill $p
