# cgroup-v2: io.max is hierarchical
cd /root; X=/sys/fs/cgroup/x; mkdir $X
took() { local s=$(date +%s%N) n=$1 t; shift; "$@"; t=$(( ($(date +%s%N) - s) / 1000000 )); [ $t -ge $(( n * 900 )) ] && [ $t -le $(( n * 1250 + 1300 )) ] && echo "about $n s" || echo "$t ms instead of $n s"; }
dd if=/dev/zero of=f bs=1M count=4 conv=fsync 2> /dev/null
echo +io > $X/cgroup.subtree_control; mkdir $X/a $X/b
in_child() { sh -c 'echo 0 > /sys/fs/cgroup/x/$1/cgroup.procs; shift; exec "$@"' x "$@" 2> /dev/null; }
echo "254:0 wbps=1048576" > $X/io.max; echo "254:0 wbps=8388608" > $X/a/io.max
took 2 in_child a dd if=/dev/zero of=f bs=64k count=32 oflag=direct conv=notrunc
took 2 in_child b dd if=/dev/zero of=f bs=64k count=32 oflag=direct conv=notrunc
echo "254:0 wbps=max" > $X/io.max; echo "254:0 wbps=524288" > $X/a/io.max
took 2 in_child a dd if=/dev/zero of=f bs=64k count=16 oflag=direct conv=notrunc
took 0 in_child b dd if=/dev/zero of=f bs=64k count=4 oflag=direct conv=notrunc
