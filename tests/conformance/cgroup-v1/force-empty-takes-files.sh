# cgroup-v1: memory.force_empty with clean and dirty files
# cgroup: v1
cd /root; X=/sys/fs/cgroup/memory/x; mkdir $X
within() { sh -c 'echo 0 > /sys/fs/cgroup/memory/x/cgroup.procs; exec "$@"' x "$@" 2> /dev/null; }
dd if=/dev/zero of=f bs=1M count=12 conv=fsync 2> /dev/null; echo 1 > /proc/sys/vm/drop_caches
within dd if=f of=/dev/null bs=1M; within dd if=/dev/zero of=g bs=1M count=2; awk '/^(cache|dirty) / { print $1, int($2 / 1048576) }' $X/memory.stat
echo 0 > $X/memory.force_empty; echo $?; awk '/^(cache|dirty) / { print $1, int($2 / 1048576) }' $X/memory.stat
