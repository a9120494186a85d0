# cgroup-v2: state, wait channel and stack of who is held back by io.max
cd /root; X=/sys/fs/cgroup/x; mkdir $X
within() { sh -c 'echo 0 > /sys/fs/cgroup/x/cgroup.procs; exec "$@"' x "$@" 2> /dev/null; }
dd if=/dev/zero of=f bs=1M count=4 conv=fsync 2> /dev/null
exec 2> /dev/null; echo "254:0 wbps=16384 rbps=16384" > $X/io.max; echo 1 > /proc/sys/vm/drop_caches; within true; dd if=/dev/null 2> /dev/null
show() { sh -c 'echo 0 > /sys/fs/cgroup/x/cgroup.procs; exec dd "$@"' x "$@" 2> /dev/null & until [ "$(ps -o comm= -p $!)" = dd ]; do sleep 0.1; done; sleep 0.5; ps -o stat,wchan:25,args -p $!; cat /proc/$!/wchan; echo; grep State /proc/$!/status; kill $!; wait $!; echo $?; }
show if=/dev/zero of=f bs=64k count=2 oflag=direct conv=notrunc
show if=/dev/zero of=g bs=64k count=2 conv=fsync
show if=f of=/dev/null bs=64k count=1
