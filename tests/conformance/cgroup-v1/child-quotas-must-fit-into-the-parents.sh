# cgroup-v1: EINVAL when a child's bandwidth exceeds its parent's, and inner processes are allowed
# cgroup: v1
cd /sys/fs/cgroup/cpu; mkdir -p p/c; echo 20000 > p/cpu.cfs_quota_us
echo 50000 > p/c/cpu.cfs_quota_us; echo "status $?"
echo 10000 > p/c/cpu.cfs_quota_us; echo "status $?"
echo 5000 > p/cpu.cfs_quota_us; echo "status $?"; cat p/cpu.cfs_quota_us p/c/cpu.cfs_quota_us
echo -1 > p/c/cpu.cfs_quota_us; echo 5000 > p/cpu.cfs_quota_us; echo "status $?"
sleep 50 & echo $! > p/tasks; sleep 50 & echo $! > p/c/tasks; wc -l < p/tasks; wc -l < p/c/tasks
cat p/c/cpu.shares; kill %1 %2; echo 1 > p/cgroup.clone_children; cat p/cgroup.clone_children
mkdir p/d; cat p/d/cgroup.clone_children; rmdir p; echo "status $?"; rm -rf p 2>&1 | sort | head -1
ls cgroup.subtree_control; echo "status $?"
