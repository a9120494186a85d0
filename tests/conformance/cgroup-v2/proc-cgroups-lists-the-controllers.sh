# cgroup-v2: /proc/cgroups, and controllers that are not in v2
cut -f1,2,4 /proc/cgroups | head -20; cat /sys/fs/cgroup/cgroup.controllers | tr " " "\n" | sort; cat /proc/self/cgroup; ls /sys/kernel/cgroup; cat /sys/kernel/cgroup/features; cat /sys/kernel/cgroup/delegate | sort | head -30
