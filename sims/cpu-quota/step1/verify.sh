test -f /sys/fs/cgroup/demo/cpu.max
