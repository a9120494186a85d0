# cgroup-v2: a cgroup with processes cannot enable controllers for its children, and the reverse
cd /sys/fs/cgroup; mkdir -p p/c; sleep 100 & echo $! > p/cgroup.procs
echo +cpu > p/cgroup.subtree_control; echo "status $?"; echo $! > p/c/cgroup.procs
echo +cpu > p/cgroup.subtree_control; echo "status $?"; echo $! > p/cgroup.procs; echo "status $?"
echo $$ > p/cgroup.procs; echo "status $?"; cat p/cgroup.procs | wc -l
echo -cpu > p/cgroup.subtree_control; echo $! > p/cgroup.procs; echo "status $?"
echo $! > cgroup.procs; echo "root $?"; kill $!; wait 2> /dev/null; rmdir p/c p; echo "status $?"
