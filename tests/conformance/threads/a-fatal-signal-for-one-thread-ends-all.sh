# threads: tgkill with the default action, and one that a thread does not block
cat > t.py <<'P'
import threading, time, os, signal, ctypes, sys
libc = ctypes.CDLL(None)
if sys.argv[1] != '9': signal.signal(int(sys.argv[1]), signal.SIG_DFL)
def worker():
    time.sleep(60)
t = threading.Thread(target=worker)
t.start()
libc.tgkill(os.getpid(), t.native_id, int(sys.argv[1]))
time.sleep(60)
P
cat > u.py <<'P'
import threading, time, os, signal
def worker():
    time.sleep(60)
t = threading.Thread(target=worker)
t.start()
signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGTERM])
os.kill(os.getpid(), signal.SIGTERM)
time.sleep(60)
P
for s in 15 10 9 1; do python3 t.py $s; echo $?; done 2>&1 | sed 's/^.*line [0-9]*: *[0-9]* //; s/ *python3.*//'; python3 u.py; echo $?
