# cgroup-v2: the root has no limit to set
cd /sys/fs/cgroup; ls | grep pids; cat pids.max; mkdir g; ls g | grep pids; echo -pids > cgroup.subtree_control; ls g | grep pids; cat cgroup.subtree_control | tr " " "\n" | grep pids; echo +pids > cgroup.subtree_control; ls g | grep -c pids
