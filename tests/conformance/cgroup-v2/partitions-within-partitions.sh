# cgroup-v2: a partition needs a parent that is one; members' partitions below become invalid
cd /sys/fs/cgroup; mkdir -p a/x; echo +cpuset > a/cgroup.subtree_control; show() { echo "$1: $(cat a/cpuset.cpus.partition), $(cat a/x/cpuset.cpus.partition); $(cat a/cpuset.cpus.effective) | $(cat a/x/cpuset.cpus.effective)"; }
echo 1 > a/cpuset.cpus; echo 1 > a/x/cpuset.cpus; echo root > a/x/cpuset.cpus.partition; show 'the child first'
echo root > a/cpuset.cpus.partition; show 'then the parent'; echo member > a/x/cpuset.cpus.partition; echo root > a/x/cpuset.cpus.partition; show 'the child again'
echo $$ > a/cgroup.procs; echo "tasks where no CPU is left: $?"; echo $$ > a/x/cgroup.procs; echo $?; grep Cpus_allowed_list /proc/self/status
echo member > a/cpuset.cpus.partition; show 'a member'; grep Cpus_allowed_list /proc/self/status; echo $$ > cgroup.procs; rmdir a/x a; cat cpuset.cpus.effective
