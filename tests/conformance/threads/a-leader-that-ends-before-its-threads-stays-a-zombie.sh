# threads: and its parent waits for the last
cat > t.py <<'P'
import threading, time, ctypes, os
def worker():
    while not os.access('go', 0): time.sleep(0.1)
    os._exit(9) if os.access('group', 0) else None
threading.Thread(target=worker).start()
ctypes.CDLL(None).syscall(60, 7)
P
python3 t.py & p=$!; until grep -q Z /proc/$p/stat; do sleep 0.1; done
ls /proc/$p/task | wc -l; grep -E '^(State|Threads|VmRSS|FDSize)' /proc/$p/status; t=$(ls /proc/$p/task | tail -1); grep -E '^(Threads|Umask)' /proc/$p/task/$t/status
tr '\0' ' ' < /proc/$p/cmdline | wc -c; tr '\0' ' ' < /proc/$p/task/$t/cmdline; echo; readlink /proc/$p/cwd || echo none; readlink /proc/$t/cwd; readlink /proc/$p/exe; readlink /proc/$t/exe; ls /proc/$p/fd 2>&1 | wc -l; ls /proc/$t/fd
ps -L -o nlwp,comm,args -p $p; ps -o stat,nlwp,args -p $p; ps -C python3 -o stat=; kill -0 $p && echo 'can be signalled'; grep -c $p /sys/fs/cgroup/cgroup.procs; grep -c -e $p -e $t /sys/fs/cgroup/cgroup.threads
> go; wait $p; echo $?
rm go; > group; python3 t.py & p=$!; until grep -q Z /proc/$p/stat; do sleep 0.1; done; > go; wait $p; echo $?
rm go; python3 t.py & p=$!; until grep -q Z /proc/$p/stat; do sleep 0.1; done; kill $p; wait $p; echo $?
