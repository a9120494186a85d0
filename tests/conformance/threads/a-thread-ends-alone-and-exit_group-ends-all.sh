# threads: exit, os._exit, exceptions, sys.exit in threads
cat > t.py <<'P'
import threading, os, sys, time
def run(f):
    t = threading.Thread(target=f)
    t.start()
    t.join()
    print('joined', t.is_alive(), threading.active_count(), flush=True)
def quits(): sys.exit(3)
def raises(): return 1 // 0
run(quits)
run(raises)
threading.Thread(target=time.sleep, args=(60,), daemon=True).start()
if len(sys.argv) > 1: threading.Thread(target=os._exit, args=(5,)).start(); time.sleep(60)
P
python3 t.py 2>&1 | grep -E '^(Exc|Trace|Zero|joined)'; echo ${PIPESTATUS[0]}; python3 t.py x 2> /dev/null; echo $?
