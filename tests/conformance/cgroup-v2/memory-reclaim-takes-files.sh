# cgroup-v2: memory.reclaim with clean files, and with too little
cd /root; X=/sys/fs/cgroup/x; mkdir $X
within() { sh -c 'echo 0 > /sys/fs/cgroup/x/cgroup.procs; exec "$@"' x "$@" 2> /dev/null; }
dd if=/dev/zero of=f bs=1M count=8 conv=fsync 2> /dev/null; echo 1 > /proc/sys/vm/drop_caches; within dd if=f of=/dev/null bs=1M
echo 4M > $X/memory.reclaim; echo $? $(( $(cat $X/memory.current) < 4800000 ))
echo 100M > $X/memory.reclaim; echo $?; awk '/^file / { print $1, $2 < 300000 }' $X/memory.stat
for v in 0 -1 max 4096x ""; do echo "$v" > $X/memory.reclaim; echo $?; done
