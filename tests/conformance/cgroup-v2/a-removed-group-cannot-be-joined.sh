# cgroup-v2: descriptors of a removed group: ENODEV
cd /sys/fs/cgroup; mkdir a; exec 3> a/cgroup.procs 4< a/cgroup.events; rmdir a; echo 0 >&3; echo "exit $?"; cat <&4; echo "exit $?"; cat /proc/self/cgroup
