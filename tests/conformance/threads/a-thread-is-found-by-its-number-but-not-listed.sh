# threads: /proc/TID exists
cat > t.py <<"P"
import threading, time
for _ in range(2): threading.Thread(target=time.sleep, args=(60,)).start()
P
python3 t.py & p=$!; until [ "$(ls /proc/$p/task | wc -l)" = 3 ]; do sleep 0.1; done
set -- $(ls /proc/$p/task); names() { sed "s/\b$p\b/TGID/g; s/\b$2\b/TID1/g; s/\b$3\b/TID2/g; s/   *\(T[GI]\)/ \1/g"; }
ls -d /proc/$2 > /dev/null && echo there; ls /proc | grep -x $2; ls /proc/$p/task | wc -l; ls /proc/$p/task/$2/task 2>&1 | names "$@"; ls /proc/1/task/$2 2>&1 | names "$@"
grep -E '^(Name|Tgid|Pid|PPid|NStgid|NSpid|Threads|SigPnd|ShdPnd):' /proc/$p/task/$2/status | sed "s/\b$$\b/SHELL/" | names "$@"
cat /proc/$2/stat | cut -d' ' -f1-4,9,20,38 | sed "s/\b$$\b/SHELL/" | names "$@"; cut -d' ' -f1-4,9,20,38 /proc/$p/stat | sed "s/\b$$\b/SHELL/" | names "$@"
stat -c '%A %h' /proc/$p/task /proc/$p/task/$2; ls /proc/$p/task/$2; ls /proc/$p | sort > a; ls /proc/$p/task/$p | sort | comm -3 a -
readlink /proc/thread-self | tr 0-9 N; cat /proc/$2/cmdline | tr '\0' ' '; cat /proc/$p/task/$2/comm; readlink /proc/$2/exe
kill $p
