# cgroup-v2: memory.max and dirty pages
cd /root; X=/sys/fs/cgroup/x; mkdir $X
within() { sh -c 'echo 0 > /sys/fs/cgroup/x/cgroup.procs; exec "$@"' x "$@" 2> /dev/null; }
echo 10M > $X/memory.max; within dd if=/dev/zero of=f bs=1M count=30; echo $? $(stat -c %s f)
echo $(( $(cat $X/memory.current) <= 10485760 ))
awk '/^file_dirty/ { print $1, $2 < 5000000 }' $X/memory.stat; awk '/^(oom|oom_kill) / { print }' $X/memory.events; sync
