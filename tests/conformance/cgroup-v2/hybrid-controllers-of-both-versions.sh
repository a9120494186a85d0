# cgroup-v2: some hierarchies of version 1 beside the unified one, as on hosts in between
umount /sys/fs/cgroup; mount -t tmpfs -o mode=755 cgroup /sys/fs/cgroup; cd /sys/fs/cgroup; mkdir unified systemd cpu,cpuacct memory freezer
mount -t cgroup2 -o nsdelegate cgroup2 unified; mount -t cgroup -o none,name=systemd,xattr cgroup systemd; for c in cpu,cpuacct memory freezer; do mount -t cgroup -o $c cgroup $c; done
cat /proc/self/cgroup unified/cgroup.controllers unified/cgroup.subtree_control; cut -f1,2 /proc/cgroups; mkdir unified/x cpu,cpuacct/x memory/x freezer/x systemd/x
ls unified/x | cut -d. -f1 | sort -u; ls cpu,cpuacct/x | cut -d. -f1 | sort -u; for d in unified cpu,cpuacct memory freezer systemd; do echo $$ > $d/x/cgroup.procs; done; cat /proc/self/cgroup
unshare -C cat /proc/self/cgroup; cut -d' ' -f2- /proc/mounts | grep cgroup
