# cgroup-v2: a cgroup with processes cannot give memory to its children; one that does cannot hold processes
cd /sys/fs/cgroup; mkdir -p p/c; sleep 100 & echo $! > p/cgroup.procs
echo +memory > p/cgroup.subtree_control; echo "status $?"
echo $! > p/c/cgroup.procs; echo "status $?"
echo +memory > p/cgroup.subtree_control; echo "status $?"
echo $! > p/cgroup.procs; echo "status $?"; echo $$ > p/cgroup.procs; echo "status $?"
cat p/cgroup.procs | wc -l; cat p/cgroup.type p/c/cgroup.type; mkdir p/d
echo $! > p/d/cgroup.procs; echo "status $?"; echo -memory > p/cgroup.subtree_control
echo $! > p/cgroup.procs; echo "status $?"; echo $! > cgroup.procs; echo "root $?"; kill $!
rmdir p/c p/d p; echo "status $?"
