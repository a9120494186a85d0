# cgroup-v2: memory.max and memory.high below what is cached
cd /root; X=/sys/fs/cgroup/x; mkdir $X
within() { sh -c 'echo 0 > /sys/fs/cgroup/x/cgroup.procs; exec "$@"' x "$@" 2> /dev/null; }
dd if=/dev/zero of=f bs=1M count=20 conv=fsync 2> /dev/null; echo 1 > /proc/sys/vm/drop_caches
within dd if=f of=/dev/null bs=1M; echo $(( $(cat $X/memory.current) / 1048576 ))
echo 15M > $X/memory.high; echo $(( $(cat $X/memory.current) <= 15728640 )); echo 5M > $X/memory.max; echo $? $(( $(cat $X/memory.current) <= 5242880 ))
awk '/^(oom|oom_kill) / { print }' $X/memory.events; echo $(( $(cat $X/memory.peak) >= 20971520 ))
