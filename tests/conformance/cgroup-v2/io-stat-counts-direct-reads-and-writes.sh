# cgroup-v2: io.stat: bytes and operations
cd /root; X=/sys/fs/cgroup/x; mkdir $X
within() { sh -c 'echo 0 > /sys/fs/cgroup/x/cgroup.procs; exec "$@"' x "$@" 2> /dev/null; }
dd if=/dev/zero of=f bs=1M count=4 conv=fsync 2> /dev/null
/bin/true; dd if=/dev/null status=none; cat $X/io.stat
within dd if=/dev/zero of=f bs=64k count=10 oflag=direct conv=notrunc; cat $X/io.stat
within dd if=f of=/dev/null bs=4k count=7 iflag=direct; cat $X/io.stat
