# cgroup-v2: a named v1 hierarchy without controllers
mkdir /tmp/n; mount -t cgroup -o none,name=mine x /tmp/n; echo $?; ls /tmp/n; grep /tmp/n /proc/mounts; mkdir /tmp/n/g; echo $$ > /tmp/n/g/cgroup.procs; cat /proc/self/cgroup; cat /tmp/n/g/tasks | wc -l; echo $$ > /tmp/n/cgroup.procs; rmdir /tmp/n/g; umount /tmp/n; cat /proc/self/cgroup
mount -t cgroup -o none x /tmp/n; mount -t cgroup -o name=y x /tmp/n && umount /tmp/n; mount -t cgroup -o none,name= x /tmp/n; mount -t cgroup -o nosuch x /tmp/n; echo $?
