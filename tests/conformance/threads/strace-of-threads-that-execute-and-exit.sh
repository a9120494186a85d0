cd /tmp
hide() { sed 's/0x[0-9a-f]*/ADDRESS/g; s/[0-9][0-9][0-9][0-9]*/PID/g' "$@"; }
cat > exec.py <<'P'
import threading, os, time
def run():
    time.sleep(0.2)
    os.execv("/bin/echo", ["echo", "from a thread"])
threading.Thread(target=run).start()
time.sleep(5)
P
cat > exit.py <<'P'
import threading, os, time
def run(n):
    time.sleep(n)
    os._exit(3)
for i in range(2):
    threading.Thread(target=run, args=(1 + i,)).start()
time.sleep(5)
P
strace -f -e trace=execve,exit_group python3 exec.py 2>&1 | hide
echo == into a file
strace -f -o log -e trace=execve,exit_group python3 exec.py
hide log
echo == a file for each
strace -ff -o log -e trace=execve,exit_group python3 exec.py
for file in $(ls log.* | sort -t. -k2n); do echo "-- a file"; hide $file; done
echo == said nothing about
strace -f -o log -e trace=execve -e quiet=thread-execve python3 exec.py 2> said
hide said log
strace -f -qqq -e trace=execve python3 exec.py 2>&1 | hide
echo == an exit of all
strace -f -e trace=exit_group,exit python3 exit.py 2>&1 | hide
