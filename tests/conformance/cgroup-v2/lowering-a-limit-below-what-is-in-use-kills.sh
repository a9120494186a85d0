# cgroup-v2: memory.high and memory.max set below what a program has
cd /sys/fs/cgroup; mkdir x
{ sh -c 'echo $$ > x/cgroup.procs; exec python3 -c "
import time
held = bytearray(30 << 20)
time.sleep(100)"' & p=$!; } 2> /dev/null; until [ $(cat x/memory.current) -gt 30000000 ]; do sleep .2; done; sleep .5
echo 10M > x/memory.high; echo $?; kill -0 $p && echo lives; grep -w oom_kill x/memory.events
echo 20M > x/memory.max; echo $?; wait $p 2> /dev/null; grep -w oom_kill x/memory.events; cat x/memory.max; [ $(cat x/memory.current) -lt 3000000 ] && echo nearly nothing is left
