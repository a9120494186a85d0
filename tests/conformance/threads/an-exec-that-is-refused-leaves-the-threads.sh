# threads: a thread may not execute what needs capabilities that cannot be had; its process goes on with all its threads
cp /bin/true c; setcap cap_net_raw+ep c; cat > t.py <<'X'
import os, threading
def other():
    try:
        os.execv("./c", ["c"])
    except OSError:
        print("refused", len(os.listdir("/proc/self/task")))
t = threading.Thread(target=other); t.start(); t.join()
print(os.getpid() == threading.get_native_id())
X
capsh --drop=cap_net_raw -- -c 'python3 t.py; ./c; echo $?'; python3 t.py; echo $?
