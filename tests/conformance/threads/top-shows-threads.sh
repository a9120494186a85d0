# threads: -H, and how many there are
cat > t.py <<"P"
import threading, time
for _ in range(2): threading.Thread(target=time.sleep, args=(60,)).start()
P
python3 t.py & p=$!; until [ "$(ls /proc/$p/task | wc -l)" = 3 ]; do sleep 0.1; done; set -- $(ls /proc/$p/task); names() { sed "s/\b$p\b/TGID/; s/\b$2\b/TID1/; s/\b$3\b/TID2/"; }
top -H -b -n1 -p $p | sed -n '2p;7,10p' | awk 'NR == 1 {print $1, $2} NR > 1 {print $1, $2, $3, $4}' | names $*; top -b -n1 -p $p | sed -n '2p;7,10p' | awk 'NR == 1 {print $1, $2} NR > 1 {print $1, $2, $3, $4}' | names $*
pgrep -w -f t.py | names $*; pgrep -c -f t.py; pgrep -w -c python3; kill $p
