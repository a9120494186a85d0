# cgroup-v2: io.max: riops of two readers; shares within 3 points
cd /root; for g in a b; do mkdir /sys/fs/cgroup/$g; dd if=/dev/urandom of=$g bs=1M count=8 conv=fsync 2> /dev/null; done
echo 254:0 riops=40 > /sys/fs/cgroup/a/io.max; echo 254:0 riops=120 > /sys/fs/cgroup/b/io.max
of() { sed -n 's/^254:0.* rios=\([0-9]*\).*/\1/p' /sys/fs/cgroup/$1/io.stat; }
for g in a b; do sh -c 'echo 0 > /sys/fs/cgroup/$0/cgroup.procs; while :; do dd if=$0 of=/dev/null bs=4k count=1000 iflag=direct; done' $g 2> /dev/null & done
sleep 1; a=$(of a) b=$(of b); sleep 6; a=$(( $(of a) - a )) b=$(( $(of b) - b )); kill %1 %2
p=$(( 100 * a / (a + b) )); [ $p -ge 22 ] && [ $p -le 28 ] && echo a about 25 percent || echo a $p percent
[ $a -ge 220 ] && [ $a -le 300 ] && echo about 40 a second || echo $a
