# cgroup-v2: memory.low is no guarantee, and memory.events tells
P=/sys/fs/cgroup/p; mkdir $P; echo +memory > $P/cgroup.subtree_control; mkdir $P/x $P/y; cd /root
dd if=/dev/zero of=f bs=1M count=12 2> /dev/null; cp f g; sync; echo 1 > /proc/sys/vm/drop_caches
in_child() { sh -c 'echo 0 > /sys/fs/cgroup/p/$1/cgroup.procs; shift; exec "$@"' x "$@" 2> /dev/null; }
echo 100M > $P/x/memory.low
in_child x dd if=f of=/dev/null bs=1M; echo 6M > $P/memory.max; echo $? $(( $(cat $P/x/memory.current) < 6291457 ))
awk '/^low/ { print $1, $2 > 0 }' $P/x/memory.events; awk '/^low/ { print $1, $2 > 0 }' $P/memory.events $P/memory.events.local
