# cgroup-v2: cpu is a threaded controller: no EBUSY, but the children become invalid domains
cd /sys/fs/cgroup; mkdir -p p/c; sleep 100 & echo $! > p/cgroup.procs
echo +cpu > p/cgroup.subtree_control; echo "status $?"; cat p/cgroup.type p/c/cgroup.type
ls p/c | grep cpu.max; echo $! > p/c/cgroup.procs; echo "status $?"
cat p/c/cgroup.procs; echo "status $?"; echo +memory > p/cgroup.subtree_control; echo "status $?"
echo threaded > p/c/cgroup.type; echo "status $?"; cat p/cgroup.type p/c/cgroup.type
echo $! > p/c/cgroup.procs; echo "status $?"; cat /proc/$!/cgroup
[ "$(cat p/cgroup.procs)" = $! ] && echo 'still listed above'; echo -cpu > p/cgroup.subtree_control
cat p/cgroup.type; kill $!; wait 2> /dev/null; rmdir p/c; cat p/cgroup.type; mkdir q q/c
echo +cpu > q/cgroup.subtree_control; sleep 100 & echo $! > q/cgroup.procs; echo "status $?"
cat q/cgroup.type; kill $!
