# cgroup-v2: io.max and write-back: two groups with fsync after each file
cd /root; for g in a b; do mkdir /sys/fs/cgroup/$g; done; echo 254:0 wbps=524288 > /sys/fs/cgroup/a/io.max; echo 254:0 wbps=1572864 > /sys/fs/cgroup/b/io.max
of() { sed -n 's/^254:0.*wbytes=\([0-9]*\).*/\1/p' /sys/fs/cgroup/$1/io.stat; }
for g in a b; do sh -c 'echo 0 > /sys/fs/cgroup/$0/cgroup.procs; i=0; while :; do dd if=/dev/zero of=$0.$i bs=64k count=16 conv=fsync; i=$((i+1)); done' $g 2> /dev/null & done
sleep 3; a=$(of a) b=$(of b); sleep 12; a=$(( $(of a) - a )) b=$(( $(of b) - b )); kill %1 %2
p=$(( 100 * a / (a + b) )); [ $p -ge 22 ] && [ $p -le 28 ] && echo a about 25 percent || echo a $p percent
