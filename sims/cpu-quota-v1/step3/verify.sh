[ "$(cat /sys/fs/cgroup/cpu/demo/cpu.cfs_quota_us)" = 10000 ]
