# threads: alike ones are counted
cat > t.py <<"P"
import threading, time
for _ in range(2): threading.Thread(target=time.sleep, args=(60,)).start()
P
python3 t.py & p=$!; until [ "$(ls /proc/$p/task | wc -l)" = 3 ]; do sleep 0.1; done
set -- $(ls /proc/$p/task); names() { sed "s/\b$p\b/TGID/g; s/\b$2\b/TID1/g; s/\b$3\b/TID2/g; s/   *\(T[GI]\)/ \1/g"; }
pstree $p; pstree -t $p; pstree -T $p; pstree -c $p; pstree -a $p; pstree -ac $p; pstree -p $p | names "$@"
kill $p
