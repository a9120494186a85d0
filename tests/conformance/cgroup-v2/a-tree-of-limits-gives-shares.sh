# cgroup-v2: io.max above and below: a limited and an unlimited child of a limited parent
cd /root; mkdir -p /sys/fs/cgroup/p; echo +io > /sys/fs/cgroup/p/cgroup.subtree_control; for g in a b; do mkdir /sys/fs/cgroup/p/$g; dd if=/dev/zero of=$g bs=1M count=8 conv=fsync 2> /dev/null; done
echo 254:0 wbps=1048576 > /sys/fs/cgroup/p/io.max; echo 254:0 wbps=262144 > /sys/fs/cgroup/p/a/io.max
of() { sed -n 's/^254:0.*wbytes=\([0-9]*\).*/\1/p' /sys/fs/cgroup/p/$1/io.stat; }
for g in a b; do sh -c 'echo 0 > /sys/fs/cgroup/p/$0/cgroup.procs; while :; do dd if=/dev/zero of=$0 bs=16k count=256 oflag=direct conv=notrunc; done' $g 2> /dev/null & done
sleep 1; a=$(of a) b=$(of b); sleep 8; a=$(( $(of a) - a )) b=$(( $(of b) - b )); kill %1 %2
p=$(( 100 * a / (a + b) )); [ $p -ge 22 ] && [ $p -le 28 ] && echo a about 25 percent || echo a $p percent
t=$(( (a + b) / 8 )); [ $t -ge 1000000 ] && [ $t -le 1150000 ] && echo about 1 MiB a second || echo $t
