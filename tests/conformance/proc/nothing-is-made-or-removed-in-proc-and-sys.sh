# proc: nothing can be made or removed in /proc and /sys
rm /proc/sys/vm/swappiness /proc/meminfo /proc/1/status /sys/fs/cgroup/cgroup.procs /proc/self/fd/1 /sys/class/net/lo
rm -f /proc/1/cmdline; touch /proc/xx /sys/xx; mkdir /proc/1/x /sys/x; rmdir /proc/1 /sys/fs /proc/1/fd
mv /proc/meminfo /tmp/; mv /proc/meminfo /proc/m2; ln /proc/meminfo /proc/m3; ln -s x /proc/y;  ln -s x /sys/y
