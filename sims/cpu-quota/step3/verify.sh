[ "$(cat /sys/fs/cgroup/demo/cpu.max)" = "10000 100000" ]
