# cgroup-v1: mounted hierarchies and cgroup tools
# cgroup: v1
cat /proc/cgroups; findmnt -t cgroup,cgroup2 -o TARGET,FSTYPE,OPTIONS; lssubsys -a; lssubsys -m; cgcreate -g cpu,memory:demo; cgset -r cpu.shares=512 demo; cgget -r cpu.shares -r memory.limit_in_bytes demo
cgexec -g cpu:demo cat /proc/self/cgroup | grep cpu,; cgdelete cpu,memory:demo; lscgroup | sort | head -20; mount -t cgroup -o cpu,memory x /mnt; mount -t cgroup -o foo x /mnt; mount -t cgroup -o all x /mnt; mount -t cgroup x /mnt; mount -t cgroup -o none,name=demo demo /mnt; ls /mnt; grep demo /proc/self/cgroup; umount /mnt
