# cgroup-v2: io.weight on a disk with no I/O scheduler: two readers get the same
cd /root; cat /sys/block/vda/queue/scheduler; dd if=/dev/zero of=f bs=1M count=64 conv=fsync 2> /dev/null; cp f g; sync
cd /sys/fs/cgroup; mkdir a b; echo 1000 > a/io.weight; echo 10 > b/io.weight; cat a/io.weight b/io.weight
reader() { sh -c 'echo 0 > /sys/fs/cgroup/$0/cgroup.procs; while :; do dd if=/root/$1 of=/dev/null bs=64k iflag=direct; done' $1 $2 2> /dev/null & }
reader a f; reader b g; sleep 8; kill %1 %2
of() { sed -n 's/^254:0.*rbytes=\([0-9]*\).*/\1/p' $1/io.stat; }
share=$(( 100 * $(of a) / ($(of a) + $(of b)) )); [ $share -ge 44 ] && [ $share -le 56 ] && echo about half || echo $share percent
