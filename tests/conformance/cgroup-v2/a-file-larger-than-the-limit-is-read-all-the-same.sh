# cgroup-v2: memory.max and the page cache: reclaim, refaults, events
cd /root; X=/sys/fs/cgroup/x; mkdir $X
within() { sh -c 'echo 0 > /sys/fs/cgroup/x/cgroup.procs; exec "$@"' x "$@" 2> /dev/null; }
dd if=/dev/zero of=f bs=1M count=20 conv=fsync 2> /dev/null; echo 1 > /proc/sys/vm/drop_caches; echo 10M > $X/memory.max
within dd if=f of=/dev/null bs=1M; echo $(( $(cat $X/memory.current) <= 10485760 )) $(( $(cat $X/memory.current) > 8000000 ))
awk '/^pgsteal / { print $1, $2 > 2400 }' $X/memory.stat
within dd if=f of=/dev/null bs=1M
awk '/^workingset_refault_file/ { print $1, $2 > 2000 }' $X/memory.stat; awk '{ print $1, $2 > 0 }' $X/memory.events
