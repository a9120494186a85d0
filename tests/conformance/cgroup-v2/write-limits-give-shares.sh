# cgroup-v2: io.max: three writers at once, each as fast as its wbps; shares of all bytes within 3 points
cd /root; for g in a b c; do mkdir /sys/fs/cgroup/$g; dd if=/dev/zero of=$g bs=1M count=8 conv=fsync 2> /dev/null; done
echo 254:0 wbps=262144 > /sys/fs/cgroup/a/io.max; echo 254:0 wbps=524288 > /sys/fs/cgroup/b/io.max; echo 254:0 wbps=1048576 > /sys/fs/cgroup/c/io.max
of() { sed -n 's/^254:0.*wbytes=\([0-9]*\).*/\1/p' /sys/fs/cgroup/$1/io.stat; }
for g in a b c; do sh -c 'echo 0 > /sys/fs/cgroup/$0/cgroup.procs; while :; do dd if=/dev/zero of=$0 bs=16k count=256 oflag=direct conv=notrunc; done' $g 2> /dev/null & done
sleep 1; a=$(of a) b=$(of b) c=$(of c); sleep 8; a=$(( $(of a) - a )) b=$(( $(of b) - b )) c=$(( $(of c) - c )); kill %1 %2 %3
near() { p=$(( 100 * $2 / (a + b + c) )); [ $p -ge $(( $3 - 3 )) ] && [ $p -le $(( $3 + 3 )) ] && echo $1 about $3 percent || echo $1 $p percent; }
near a $a 14; near b $b 29; near c $c 57
