# cgroup-v2: ENOSPC for cpuset.cpus and cpuset.mems of a group with tasks
cd /sys/fs/cgroup; mkdir -p a/b; echo +cpuset > a/cgroup.subtree_control; echo 0 > a/b/cpuset.cpus; echo 0 > a/b/cpuset.mems; echo 1 > a/cpuset.cpus
cat a/b/cpuset.cpus a/b/cpuset.cpus.effective; echo $$ > a/b/cgroup.procs
for f in cpuset.cpus cpuset.mems; do echo > a/b/$f; echo "$f $?"; echo > a/$f; echo "above: $?"; done
echo 0 > a/cpuset.cpus; grep Cpus_allowed_list /proc/self/status; echo $$ > cgroup.procs; echo > a/b/cpuset.cpus; echo > a/b/cpuset.mems; cat a/b/cpuset.cpus a/b/cpuset.mems a/b/cpuset.cpus.effective
