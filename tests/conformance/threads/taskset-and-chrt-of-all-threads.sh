# threads: -a, against the one that is named
cat > t.py <<"P"
import threading, time
for _ in range(2): threading.Thread(target=time.sleep, args=(60,)).start()
P
python3 t.py & p=$!; until [ "$(ls /proc/$p/task | wc -l)" = 3 ]; do sleep 0.1; done
set -- $(ls /proc/$p/task); names() { sed "s/\b$p\b/TGID/g; s/\b$2\b/TID1/g; s/\b$3\b/TID2/g; s/   *\(T[GI]\)/ \1/g"; }
taskset -p 1 $2 > /dev/null; taskset -a -p $p | names "$@"; taskset -ac -p 1 $p | names "$@"; taskset -p $2 | names "$@"; taskset -ap 4 $p 2>&1 | names "$@"; taskset -a -p 99999; echo $?
chrt -b -p 0 $2; chrt -a -p $p | names "$@"; chrt -a -f -p 10 $p; ps -L -o cls,rtprio,ni -p $p; chrt -a -o -v -p 0 $p | names "$@"; chrt -a -p 99999; echo $?
taskset -a 1 echo hi; chrt -a -b 0 echo ho
kill $p
