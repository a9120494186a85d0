# cgroup-v1: memory.limit_in_bytes and the page cache
# cgroup: v1
cd /root; X=/sys/fs/cgroup/memory/x; mkdir $X
within() { sh -c 'echo 0 > /sys/fs/cgroup/memory/x/cgroup.procs; exec "$@"' x "$@" 2> /dev/null; }
dd if=/dev/zero of=f bs=1M count=12 conv=fsync 2> /dev/null; echo 1 > /proc/sys/vm/drop_caches
echo 6M > $X/memory.limit_in_bytes; within dd if=f of=/dev/null bs=1M; echo $(( $(cat $X/memory.usage_in_bytes) <= 6291456 )) $(( $(cat $X/memory.failcnt) > 0 )) $(( $(cat $X/memory.max_usage_in_bytes) > 6000000 ))
awk '/^cache/ { print $1, $2 > 5000000 } /^dirty/' $X/memory.stat; cat $X/memory.oom_control
echo 2M > $X/memory.limit_in_bytes; echo $? $(( $(cat $X/memory.usage_in_bytes) <= 2097152 ))
