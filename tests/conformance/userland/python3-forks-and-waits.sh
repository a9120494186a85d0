# userland: os.fork() of python3: zombies, statuses, pipes, buffers, grandchildren
python3 - <<'P'
import os, time
p = os.fork()
if p == 0:
    print("child", os.getppid() > 1)
    os._exit(3)
time.sleep(0.3)
os.system("ps --ppid %d -o stat,comm --no-headers | grep Z" % os.getpid())
pid, status = os.wait()
print(pid == p, status, os.WEXITSTATUS(status))
P
python3 -c '
import os, sys
print("before")
pid = os.fork()
print("after", "child" if pid == 0 else "parent")
if pid: os.wait()
'
python3 -c '
import os
for i in range(3):
    if os.fork() == 0:
        os._exit(i)
for i in range(3):
    pid, status = os.wait()
    print(os.WEXITSTATUS(status) < 3)
try:
    os.wait()
except ChildProcessError as e:
    print("none left", e)
' 
python3 -c '
import os
r, w = os.pipe()
if os.fork() == 0:
    os.close(r)
    os.write(w, b"hello from the child")
    os._exit(0)
os.close(w)
print(os.read(r, 100))
print(os.waitpid(-1, 0)[1])
print(os.waitstatus_to_exitcode(256))
'
python3 -c '
import os, sys
a = [1,2]
if os.fork() == 0:
    a.append(3)
    if os.fork() == 0:
        a.append(4); print("grandchild", a); sys.exit(5)
    print("status", os.wait()[1] >> 8); print("child", a)
    sys.exit(0)
os.wait(); print("parent", a)
' | cat
python3 -c '
import os, time
if os.fork() == 0:
    os.execvp("echo", ["echo", "from exec"])
print(os.wait()[1])
if os.fork() == 0:
    time.sleep(0.2)
    print("orphan of", os.getppid()); os._exit(0)
'; sleep 0.5
python3 -c '
import os, sys, time, signal
pid = os.fork()
if pid == 0:
    time.sleep(10)
os.kill(pid, signal.SIGKILL)
print(os.waitpid(pid, 0)[1], os.WNOHANG)
pid = os.fork()
if pid == 0:
    time.sleep(0.2); sys.exit(0)
print(os.waitpid(pid, os.WNOHANG))
print(os.waitpid(pid, 0)[1])
'
