# cgroup-v2: memory.stat after direct writes and reads
cd /root; X=/sys/fs/cgroup/x; mkdir $X
within() { sh -c 'echo 0 > /sys/fs/cgroup/x/cgroup.procs; exec "$@"' x "$@" 2> /dev/null; }
dd if=/dev/zero of=f bs=1M count=4 conv=fsync 2> /dev/null; echo 1 > /proc/sys/vm/drop_caches
within dd if=/dev/zero of=f bs=1M count=4 oflag=direct conv=notrunc; within dd if=f of=/dev/null bs=1M iflag=direct
awk '/^file / { print $1, int($2 / 1048576) }' $X/memory.stat
within dd if=f of=/dev/null bs=1M; awk '/^file / { print $1, int($2 / 1048576) }' $X/memory.stat
