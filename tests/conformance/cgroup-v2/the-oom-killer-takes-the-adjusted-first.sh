# cgroup-v2: oom_score_adj decides who dies
cd /sys/fs/cgroup; mkdir x; echo 60M > x/memory.max
cat > /root/hog.py << 'P'
import sys, os, time
open('/proc/self/oom_score_adj', 'w').write(sys.argv[2])
held = bytearray(int(sys.argv[1]) << 20)
os.mkdir('/root/' + sys.argv[3])
time.sleep(100)
P
hog() { sh -c 'echo $$ > x/cgroup.procs; exec python3 /root/hog.py $*' x "$@" & until [ -d /root/$3 ]; do sleep .1; done; }
hog 8 1000 small; small=$!; hog 25 0 big; big=$!; hog 8 -1000 safe; safe=$!
sh -c 'echo $$ > x/cgroup.procs; exec python3 /root/hog.py 14 0 last' & last=$!; until [ -d /root/last ]; do sleep .1; done
sleep .2; for p in $small $big $safe $last; do kill -0 $p 2> /dev/null && echo alive || echo dead; done 
grep -w oom_kill x/memory.events; dmesg | grep -o 'Killed process.*' | sed 's/process [0-9]*/process N/; s/:[0-9]*kB/:NkB/g'
kill $big $safe $last
