# cgroup-v1: blkio.throttle.read_bps_device of two readers; shares within 3 points
# cgroup: v1
cd /root; for g in a b; do mkdir /sys/fs/cgroup/blkio/$g; dd if=/dev/urandom of=$g bs=1M count=8 conv=fsync 2> /dev/null; done
echo 254:0 262144 > /sys/fs/cgroup/blkio/a/blkio.throttle.read_bps_device; echo 254:0 786432 > /sys/fs/cgroup/blkio/b/blkio.throttle.read_bps_device
of() { awk '$1 == "254:0" && $2 == "Read" { print $3 }' /sys/fs/cgroup/blkio/$1/blkio.throttle.io_service_bytes; }
for g in a b; do sh -c 'echo 0 > /sys/fs/cgroup/blkio/$0/cgroup.procs; while :; do dd if=$0 of=/dev/null bs=16k count=500 iflag=direct; done' $g 2> /dev/null & done
sleep 1; a=$(of a) b=$(of b); sleep 8; a=$(( $(of a) - a )) b=$(( $(of b) - b )); kill %1 %2
p=$(( 100 * a / (a + b) )); [ $p -ge 22 ] && [ $p -le 28 ] && echo a about 25 percent || echo a $p percent
[ $(( a / 8 )) -ge 249000 ] && [ $(( a / 8 )) -le 300000 ] && echo about 256 KiB a second || echo $(( a / 8 ))
