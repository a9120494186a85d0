# cgroup-v2: memory.low: reclaim takes from the unprotected
P=/sys/fs/cgroup/p; mkdir $P; echo +memory > $P/cgroup.subtree_control; mkdir $P/x $P/y; cd /root
dd if=/dev/zero of=f bs=1M count=12 2> /dev/null; cp f g; sync; echo 1 > /proc/sys/vm/drop_caches
in_child() { sh -c 'echo 0 > /sys/fs/cgroup/p/$1/cgroup.procs; shift; exec "$@"' x "$@" 2> /dev/null; }
echo 12M > $P/x/memory.low; cat $P/x/memory.low
in_child x dd if=f of=/dev/null bs=1M; echo 16M > $P/memory.max
in_child y dd if=g of=/dev/null bs=1M; echo $(( $(cat $P/x/memory.current) > 11534336 )) $(( $(cat $P/y/memory.current) < 5242880 )); grep low $P/x/memory.events
