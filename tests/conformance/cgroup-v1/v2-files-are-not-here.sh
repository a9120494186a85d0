# cgroup-v1: what a new tutorial types on a v1 machine; mounting v2 beside it
# cgroup: v1
cd /sys/fs/cgroup; cat cgroup.controllers; echo "status $?"; mkdir demo; echo "status $?"
cat cpu/cpu.max; mkdir cpu/demo; echo '10000 100000' > cpu/demo/cpu.max; echo "status $?"
echo +cpu > cgroup.subtree_control; echo "status $?"; mkdir /tmp/c
mount -t cgroup2 none /tmp/c; echo "status $?"; cat /tmp/c/cgroup.controllers; mkdir /tmp/c/x
ls /tmp/c/x | grep -E '^cpu\.'; cat /proc/self/cgroup | tail -1
mount -t cgroup -o cpu,cpuacct none /mnt; ls -d /mnt/demo
mount -t cgroup -o cpu none /tmp/c; echo "status $?"
mount -t cgroup -o nosuch none /tmp/c; echo "status $?"
