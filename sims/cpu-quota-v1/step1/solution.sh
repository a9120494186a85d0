mkdir /sys/fs/cgroup/cpu/demo
