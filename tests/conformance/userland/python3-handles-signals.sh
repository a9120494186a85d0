# userland: functions of python3 that handle signals, and calls that they interrupt
python3 -c '
import os, signal, time
def got(n, frame):
    print("got", n)
print(signal.signal(signal.SIGUSR1, got) == signal.SIG_DFL)
os.kill(os.getpid(), signal.SIGUSR1)
print("next")
signal.alarm(1)
signal.signal(signal.SIGALRM, got)
signal.pause()
print("paused")
if os.fork() == 0:
    os.kill(os.getppid(), signal.SIGUSR1)
    os._exit(0)
print(os.wait()[1])
signal.signal(signal.SIGUSR1, signal.SIG_IGN)
os.kill(os.getpid(), signal.SIGUSR1)
print("ignored")
try:
    signal.signal(signal.SIGKILL, got)
except OSError as e:
    print(e)
try:
    signal.signal(signal.SIGTERM, "x")
except TypeError as e:
    print(e)
'
python3 -c '
import signal, time, sys
def stop(n, f):
    print("stopping")
    sys.exit(5)
signal.signal(signal.SIGTERM, stop)
time.sleep(20)
' & sleep 1; kill $!; wait $!; echo $?
python3 -c '
import signal, time, os
children = []
def reap(n, f):
    children.append(os.wait()[0])
signal.signal(signal.SIGCHLD, reap)
pid = os.fork()
if pid == 0:
    os._exit(0)
time.sleep(1)
print(children == [pid])
start = time.time()
signal.signal(signal.SIGALRM, lambda n, f: print("ring"))
signal.alarm(1)
time.sleep(2)
print(round(time.time() - start))
'
