# threads: ulimit -u
# user: 1
cat > t.py <<'P'
import threading, time
n = 0
try:
    for _ in range(9):
        threading.Thread(target=time.sleep, args=(1,)).start()
        n += 1
except RuntimeError as e:
    print(n, 'RuntimeError:', e, flush=True)
time.sleep(0.2)
P
ulimit -u 5; python3 t.py & wait $!; echo $?
