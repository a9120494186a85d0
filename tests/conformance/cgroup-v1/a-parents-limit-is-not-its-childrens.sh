# cgroup-v1: blkio.throttle is flat in v1
# cgroup: v1
cd /root; X=/sys/fs/cgroup/blkio/x; mkdir $X
within() { sh -c 'echo 0 > /sys/fs/cgroup/blkio/x/cgroup.procs; exec "$@"' x "$@" 2> /dev/null; }
took() { local s=$(date +%s%N) n=$1 t; shift; "$@"; t=$(( ($(date +%s%N) - s) / 1000000 )); [ $t -ge $(( n * 900 )) ] && [ $t -le $(( n * 1250 + 1300 )) ] && echo "about $n s" || echo "$t ms instead of $n s"; }
dd if=/dev/zero of=f bs=1M count=4 conv=fsync 2> /dev/null
mkdir $X/a; echo "254:0 1048576" > $X/blkio.throttle.write_bps_device
sh -c 'echo 0 > /sys/fs/cgroup/blkio/x/a/cgroup.procs; exec "$@"' x true
child() { sh -c 'echo 0 > /sys/fs/cgroup/blkio/x/a/cgroup.procs; exec dd if=/dev/zero of=f bs=64k count=48 oflag=direct conv=notrunc' 2> /dev/null; }
took 0 child
took 2 within dd if=/dev/zero of=f bs=64k count=32 oflag=direct conv=notrunc
