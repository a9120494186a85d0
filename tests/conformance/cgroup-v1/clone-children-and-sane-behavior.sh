# cgroup-v1: cgroup.clone_children and cgroup.sane_behavior
# cgroup: v1
cd /sys/fs/cgroup/cpuset; ls cgroup.*; cat cgroup.sane_behavior cgroup.clone_children; mkdir a; cat a/cpuset.cpus a/cpuset.mems; echo 1 > cgroup.clone_children; mkdir b; cat b/cpuset.cpus b/cpuset.mems b/cgroup.clone_children; echo 0 > cgroup.clone_children; echo 2 > cgroup.clone_children; echo "exit $?"; cat cgroup.clone_children
