# cgroup-v1: the same controllers give the same hierarchy, others are busy
# cgroup: v1
mkdir /tmp/a /tmp/b; mount -t cgroup -o pids x /tmp/a; echo $?; mkdir /tmp/a/g; ls -d /sys/fs/cgroup/pids/g; rmdir /tmp/a/g; mount -t cgroup -o pids,devices x /tmp/b; echo $?; mount -t cgroup -o cpu x /tmp/b; echo $?; mount -t cgroup -o cpuacct,cpu x /tmp/b; echo $?; umount /tmp/b; mount -t cgroup -o all x /tmp/b; echo $?; mount -t cgroup x /tmp/b; echo $?; mount -t cgroup -o nosuch x /tmp/b; echo $?; mount -t cgroup -o pids,name=z x /tmp/b; echo $?; umount /tmp/a; cat /proc/self/cgroup | cut -d: -f2-
