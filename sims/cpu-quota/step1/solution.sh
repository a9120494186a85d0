mkdir /sys/fs/cgroup/demo
