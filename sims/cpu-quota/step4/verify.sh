# It was throttled, and the load has ended.
throttled=$(sed -n 's/^nr_throttled //p' /sys/fs/cgroup/demo/cpu.stat)
[ "$throttled" -gt 0 ] && ! pgrep -x stress > /dev/null
