# threads: its number, and none of the other threads
cat > t.py <<'P'
import threading, time, os, ctypes
libc = ctypes.CDLL(None)
def worker():
    libc.prctl(15, b'worker', 0, 0, 0)
    os.setpriority(os.PRIO_PROCESS, 0, 5)
    os.execv('/bin/bash', ['bash', 'after.sh', str(os.getpid())])
threading.Thread(target=time.sleep, args=(60,)).start()
threading.Thread(target=worker).start()
time.sleep(60)
P
cat > after.sh <<'E2'
[ $$ = $1 ] && echo 'the same pid'; [ $PPID = $(cat shell) ] && echo 'the same parent'; ls /proc/$$/task | wc -l; [ "$(ls /proc/$$/task)" = $$ ] && echo 'one thread, the leader'
grep -E '^(Name|Threads):' /proc/$$/status; nice; cat /proc/$$/comm; tr '\0' ' ' < /proc/$$/cmdline | cut -d' ' -f1,2; jobs; exit 6
E2
echo $$ > shell; python3 t.py; echo $?; setsid -w python3 t.py < /dev/null; python3 t.py & wait $!; echo $?
