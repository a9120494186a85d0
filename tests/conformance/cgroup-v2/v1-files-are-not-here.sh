# cgroup-v2: what an old tutorial types on a v2 machine
cd /sys/fs/cgroup/cpu; echo "status $?"; mkdir /sys/fs/cgroup/cpu; cd /sys/fs/cgroup/cpu; mkdir demo
ls demo | grep -c cfs_quota; echo 10000 > demo/cpu.cfs_quota_us; echo "status $?"
echo $$ > demo/tasks; echo "status $?"; cat demo/tasks
cat /sys/fs/cgroup/memory/memory.limit_in_bytes; mount -t cgroup -o cpu none /mnt; echo "status $?"
cat /proc/cgroups | awk '{print $1, $2, $4}'; grep -c cgroup /proc/filesystems; mount | grep cgroup
