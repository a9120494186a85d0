# cgroup-v1: without the oom killer a task waits for room
# cgroup: v1
cd /sys/fs/cgroup/memory; mkdir x; echo 20M > x/memory.limit_in_bytes; echo 1 > x/memory.oom_control
bash -c 'echo $$ > x/cgroup.procs; exec stress --vm 1 --vm-bytes 50M --vm-keep -t 4' 2>&1 | sed 's/\[[0-9]*\]/[PID]/' &
sleep 1; cat x/memory.oom_control; [ $(cat x/memory.failcnt) -gt 0 ] && echo failed; ps -o wchan:30= -C stress | tail -1
echo 100M > x/memory.limit_in_bytes; sleep .2; cat x/memory.oom_control; wait; [ $(cat x/memory.max_usage_in_bytes) -gt 50000000 ] && echo had 50M
