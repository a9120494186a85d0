# cgroup-v2: io.pressure of a limited cgroup
cd /root; X=/sys/fs/cgroup/x; mkdir $X
within() { sh -c 'echo 0 > /sys/fs/cgroup/x/cgroup.procs; exec "$@"' x "$@" 2> /dev/null; }
dd if=/dev/zero of=f bs=1M count=4 conv=fsync 2> /dev/null
cut -d" " -f1,2,5 $X/io.pressure
echo "254:0 wbps=1048576" > $X/io.max
within dd if=/dev/zero of=f bs=64k count=48 oflag=direct conv=notrunc
awk '{ split($5, t, "="); split($2, a, "="); print $1, int(t[2] / 1000000 + 0.4), a[2] > 10, a[2] < 60 }' $X/io.pressure
cut -d" " -f1,5 $X/memory.pressure
