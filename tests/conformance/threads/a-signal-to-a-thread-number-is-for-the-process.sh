# threads: kill looks for any thread, tkill for one
cat > t.py <<"P"
import threading, time
for _ in range(2): threading.Thread(target=time.sleep, args=(60,)).start()
P
python3 t.py & p=$!; until [ "$(ls /proc/$p/task | wc -l)" = 3 ]; do sleep 0.1; done
set -- $(ls /proc/$p/task); names() { sed "s/\b$p\b/TGID/g; s/\b$2\b/TID1/g; s/\b$3\b/TID2/g; s/   *\(T[GI]\)/ \1/g"; }
kill -0 $2 && echo 'kill finds it'; kill -STOP $3; until [ "$(ps -L -o s= -p $p | tr -d '\n')" = TTT ]; do sleep 0.1; done; ps -L -o s -p $p; kill -CONT $2
until [ "$(ps -L -o s= -p $p | tr -d '\n')" = SSS ]; do sleep 0.1; done; ps -L -o s -p $p; kill -TERM -$2 2>&1 | names "$@"; kill $3; wait $p; echo $?; ls /proc/$2 2>&1 | names "$@"
kill $p
