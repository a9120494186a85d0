# cgroup-v2: io.stat of parents, and after rmdir
cd /root; X=/sys/fs/cgroup/x; mkdir $X
dd if=/dev/zero of=f bs=1M count=4 conv=fsync 2> /dev/null
echo +io > $X/cgroup.subtree_control; mkdir $X/a
sh -c 'echo 0 > /sys/fs/cgroup/x/a/cgroup.procs; exec dd if=/dev/zero of=f bs=64k count=10 oflag=direct conv=notrunc' 2> /dev/null
cat $X/io.stat $X/a/io.stat; rmdir $X/a; cat $X/io.stat; mkdir $X/a; cat $X/a/io.stat; echo .
