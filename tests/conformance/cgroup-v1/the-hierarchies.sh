# cgroup-v1: what is in /sys/fs/cgroup, mount options, /proc/self/cgroup and /proc/cgroups
# cgroup: v1
ls -l /sys/fs/cgroup | awk 'NR>1 {print $1, $9, $10, $11}'; mount | grep cgroup
cat /proc/self/cgroup; awk '{print $1, $4}' /proc/cgroups
stat -fc %T /sys/fs/cgroup /sys/fs/cgroup/cpu/; mkdir /sys/fs/cgroup/x; echo "status $?"
findmnt -no PROPAGATION /sys/fs/cgroup/cpu,cpuacct
