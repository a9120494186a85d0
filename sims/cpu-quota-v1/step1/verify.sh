test -f /sys/fs/cgroup/cpu/demo/cpu.cfs_quota_us
