# proc: Dirty of /proc/meminfo, nr_dirty of /proc/vmstat
cd /root; sync; dirty() { awk '/^Dirty:/ { print $1, int($2 / 1024 + 0.5) }' /proc/meminfo; awk '/^nr_dirty / { print $1, int($2 / 256 + 0.5) }' /proc/vmstat; }
dirty; dd if=/dev/zero of=f bs=1M count=8 2> /dev/null; dirty; dd if=/dev/zero of=g bs=1M count=8 conv=fsync 2> /dev/null; dirty; rm f; dirty; dd if=/dev/zero of=f bs=1M count=4 2> /dev/null; sync; dirty; grep -E "^Writeback:" /proc/meminfo
