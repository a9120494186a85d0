# threads: SigPnd and ShdPnd
cat > t.py <<'P'
import threading, time, os, signal, ctypes
libc = ctypes.CDLL(None, use_errno=True)
def show(who, tid):
    for line in open('/proc/self/task/%d/status' % tid).readlines():
        if line[:4] in ('SigP', 'ShdP', 'SigB', 'SigQ'): print(who, line.replace('\t', ' ').strip().replace('/7818', ''), flush=True)
signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGUSR1, signal.SIGUSR2, signal.SIGTERM, 40])
ready = threading.Event()
go = threading.Event()
def worker():
    signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGHUP])
    ready.set()
    go.wait()
    print('worker', sorted(int(s) for s in signal.sigpending()), flush=True)
t = threading.Thread(target=worker)
t.start()
ready.wait()
main = threading.main_thread().native_id
libc.tgkill(os.getpid(), t.native_id, 12)
libc.syscall(200, main, 40)
libc.syscall(200, main, 40)
os.kill(os.getpid(), signal.SIGUSR1)
os.kill(t.native_id, signal.SIGTERM)
show('main', main)
show('worker', t.native_id)
print('main', sorted(int(s) for s in signal.sigpending()), flush=True)
go.set()
t.join()
for a, b, c in ((os.getpid(), main, 0), (os.getpid(), 1, 0), (1, main, 0), (os.getpid(), 0, 0), (0, main, 0), (os.getpid(), 99999, 0), (os.getpid(), main, 65)):
    print(libc.tgkill(a, b, c), ctypes.get_errno(), flush=True)
P
python3 t.py; echo $?
