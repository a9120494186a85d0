# cgroup-v1: blkio.throttle.io_service_bytes and io_serviced
# cgroup: v1
cd /root; X=/sys/fs/cgroup/blkio/x; mkdir $X
within() { sh -c 'echo 0 > /sys/fs/cgroup/blkio/x/cgroup.procs; exec "$@"' x "$@" 2> /dev/null; }
dd if=/dev/zero of=f bs=1M count=4 conv=fsync 2> /dev/null
within dd if=/dev/zero of=f bs=64k count=8 oflag=direct conv=notrunc; cat $X/blkio.throttle.io_serviced | grep -v "^7:"
echo "254:0 104857600" > $X/blkio.throttle.write_bps_device
within dd if=/dev/zero of=f bs=64k count=8 oflag=direct conv=notrunc; within dd if=f of=/dev/null bs=64k count=8 iflag=direct
cat $X/blkio.throttle.io_serviced $X/blkio.throttle.io_service_bytes
echo 1 > $X/blkio.reset_stats; cat $X/blkio.throttle.io_serviced_recursive; echo x > $X/blkio.reset_stats; echo $?
