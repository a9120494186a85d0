# cgroup-v2: active_file and inactive_file of memory.stat
cd /root; X=/sys/fs/cgroup/x; mkdir $X
within() { sh -c 'echo 0 > /sys/fs/cgroup/x/cgroup.procs; exec "$@"' x "$@" 2> /dev/null; }
within dd if=/dev/zero of=f bs=1M count=4; sync
show() { awk '/^(in)?active_file/ { print $1, int($2 / 1048576) }' $X/memory.stat; }
show; within dd if=f of=/dev/null bs=1M; show; within dd if=f of=/dev/null bs=1M; show; within dd if=f of=/dev/null bs=1M; show
