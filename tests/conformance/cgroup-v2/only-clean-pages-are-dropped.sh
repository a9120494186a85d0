# cgroup-v2: drop_caches, before and after sync
cd /root; X=/sys/fs/cgroup/x; mkdir $X
within() { sh -c 'echo 0 > /sys/fs/cgroup/x/cgroup.procs; exec "$@"' x "$@" 2> /dev/null; }
within dd if=/dev/zero of=f bs=1M count=4; echo 1 > /proc/sys/vm/drop_caches; awk '/^file |^file_dirty/ { print $1, int($2 / 1048576) }' $X/memory.stat
sync; echo 1 > /proc/sys/vm/drop_caches; awk '/^file |^file_dirty/ { print $1, int($2 / 1048576) }' $X/memory.stat
