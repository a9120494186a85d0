echo 10000 > /sys/fs/cgroup/cpu/demo/cpu.cfs_quota_us
