# threads: renice of a thread, of the leader, of the group, of the user
cat > t.py <<"P"
import threading, time
for _ in range(2): threading.Thread(target=time.sleep, args=(60,)).start()
P
python3 t.py & p=$!; until [ "$(ls /proc/$p/task | wc -l)" = 3 ]; do sleep 0.1; done
set -- $(ls /proc/$p/task); names() { sed "s/\b$p\b/TGID/g; s/\b$2\b/TID1/g; s/\b$3\b/TID2/g; s/   *\(T[GI]\)/ \1/g"; }
renice -n 5 -p $2 | names "$@"; ps -L -o ni -p $p; renice -n 3 -p $p | names "$@"; ps -L -o ni -p $p; cut -d' ' -f19 /proc/$3/stat; ionice -c 3 -p $2; for t; do ionice -p $t; done
bash -c 'set -m; python3 t.py & echo $! > pid; sleep 60' & until [ -s pid ] && [ "$(ls /proc/$(cat pid)/task | wc -l)" = 3 ]; do sleep 0.1; done
renice -n 7 -g $(cat pid) > /dev/null; ps -L -o ni= -p $(cat pid); kill $(cat pid) $!
kill $p
