# cgroup-v2: cgroup.kill of a process with threads, of what lies below and of the frozen
cd /sys/fs/cgroup; mkdir -p x/y/z
cat > /root/t.py << 'P'
import threading, time
for i in range(3):
    threading.Thread(target=time.sleep, args=(100,)).start()
P
{ sh -c 'echo $$ > x/y/z/cgroup.procs; exec python3 /root/t.py' & a=$!; sh -c 'echo $$ > x/y/cgroup.procs; trap "" TERM INT; exec sleep 100' & b=$!; } 2> /dev/null
until [ $(wc -l < x/y/z/cgroup.threads) = 4 ] && [ $(pgrep -c sleep) = 1 ]; do sleep .1; done; echo 1 > x/y/cgroup.freeze
until grep -q 'frozen 1' x/y/cgroup.events; do sleep .1; done
echo 1 > x/cgroup.kill; { wait $a; echo $?; wait $b; echo $?; } 2> /dev/null
until grep -q 'populated 0' x/cgroup.events; do sleep .1; done; cat x/cgroup.events x/y/cgroup.events; cat x/y/z/cgroup.threads
cat x/cgroup.kill; echo 0 > x/cgroup.kill; echo 1 > cgroup.kill; echo 1 > x/y/cgroup.kill; echo $?
