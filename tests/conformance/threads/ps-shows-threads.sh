# threads: as processes of their own, behind their process, with their numbers
cat > t.py <<"P"
import threading, time
for _ in range(2): threading.Thread(target=time.sleep, args=(60,)).start()
P
python3 t.py & p=$!; until [ "$(ls /proc/$p/task | wc -l)" = 3 ]; do sleep 0.1; done
set -- $(ls /proc/$p/task); names() { sed "s/\b$p\b/TGID/g; s/\b$2\b/TID1/g; s/\b$3\b/TID2/g; s/   *\(T[GI]\)/ \1/g"; }
ps -L -p $p | names "$@" | cut -c1-15; ps -T -p $p | names "$@" | cut -c1-15; ps H -o pid,tid,comm,args -p $p | names "$@"; ps -m -o pid,comm,ni -p $p | names "$@"
ps -L -o pid,lwp,nlwp,tid,spid,tgid,thcount,comm -p $p | names "$@"; ps -Lf -p $p | head -1; ps -Tf -p $p | head -1; ps -Ll -p $p | head -1
ps -o nlwp,stat,comm -p $p; ps -L -T -p $p 2>&1 | head -1; ps -eL -o pid | grep -c "\b$p\b"; ps -p $2; echo $?
kill $p
