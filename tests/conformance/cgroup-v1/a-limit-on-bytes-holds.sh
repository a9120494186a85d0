# cgroup-v1: blkio.throttle.write_bps_device and read_bps_device
# cgroup: v1
cd /root; X=/sys/fs/cgroup/blkio/x; mkdir $X
within() { sh -c 'echo 0 > /sys/fs/cgroup/blkio/x/cgroup.procs; exec "$@"' x "$@" 2> /dev/null; }
took() { local s=$(date +%s%N) n=$1 t; shift; "$@"; t=$(( ($(date +%s%N) - s) / 1000000 )); [ $t -ge $(( n * 900 )) ] && [ $t -le $(( n * 1250 + 1300 )) ] && echo "about $n s" || echo "$t ms instead of $n s"; }
dd if=/dev/zero of=f bs=1M count=4 conv=fsync 2> /dev/null
echo "254:0 1048576" > $X/blkio.throttle.write_bps_device; cat $X/blkio.throttle.write_bps_device
took 3 within dd if=/dev/zero of=f bs=64k count=48 oflag=direct conv=notrunc
took 0 within dd if=f of=/dev/null bs=1M count=4 iflag=direct
echo "254:0 0" > $X/blkio.throttle.write_bps_device; cat $X/blkio.throttle.write_bps_device; echo "254:0 2097152" > $X/blkio.throttle.read_bps_device
took 2 within dd if=f of=/dev/null bs=1M count=4 iflag=direct
took 0 within dd if=/dev/zero of=f bs=1M count=4 oflag=direct conv=notrunc
