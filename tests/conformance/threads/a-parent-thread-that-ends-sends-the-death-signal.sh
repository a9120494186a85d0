# threads: PR_SET_PDEATHSIG is about the thread that forked
cat > t.py <<'P'
import threading, time, os
def worker():
    global child
    child = os.posix_spawn('/usr/bin/setpriv', ['setpriv', '--pdeathsig', 'TERM', 'sh', '-c', '> ready; exec sleep 60'], os.environ)
    while not os.access('ready', 0): time.sleep(0.1)
t = threading.Thread(target=worker)
t.start()
t.join()
print(os.WTERMSIG(os.waitpid(child, 0)[1]))
P
python3 t.py
