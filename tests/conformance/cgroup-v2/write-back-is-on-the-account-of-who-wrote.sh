# cgroup-v2: io.stat and memory.stat of buffered writes
cd /root; X=/sys/fs/cgroup/x; mkdir $X
within() { sh -c 'echo 0 > /sys/fs/cgroup/x/cgroup.procs; exec "$@"' x "$@" 2> /dev/null; }
sum() { grep -o "wbytes=[0-9]*" $X/io.stat; }
of() { awk -v n=$2 '$1 == n { print n, $2 }' $1; }
within dd if=/dev/zero of=f bs=1M count=3
of $X/memory.stat file_dirty; of $X/memory.stat file_writeback; sum
sync
of $X/memory.stat file_dirty; of $X/memory.stat file; sum
within dd if=/dev/zero of=g bs=1M count=2; rm g; sync; sum
