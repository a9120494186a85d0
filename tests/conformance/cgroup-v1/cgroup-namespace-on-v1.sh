# cgroup-v1: /proc/self/cgroup in a cgroup namespace
# cgroup: v1
mkdir -p /sys/fs/cgroup/cpu/a/b
(echo $BASHPID > /sys/fs/cgroup/cpu/a/tasks; grep cpu, /proc/self/cgroup; unshare -C grep -E 'cpu,|memory' /proc/self/cgroup; unshare -C grep cpu, /proc/1/cgroup; unshare -C grep cpu, /proc/self/mountinfo | cut -d' ' -f4,5)
sleep 20 & echo $! > /sys/fs/cgroup/cpu/a/b/tasks; nsenter -t $! -C grep cpu, /proc/self/cgroup
grep cpu, /proc/$!/cgroup; kill $!; cd /sys/fs/cgroup/cpu; chown -R user a
su user -c 'sleep 5 & echo $! > /sys/fs/cgroup/cpu/a/tasks; echo "status $?"; echo 1 > /sys/fs/cgroup/cpu/a/tasks; echo "status $?"; mkdir /sys/fs/cgroup/cpu/a/u; echo 2000 > /sys/fs/cgroup/cpu/a/u/cpu.cfs_quota_us; cat /sys/fs/cgroup/cpu/a/u/cpu.cfs_quota_us; echo 1 > /sys/fs/cgroup/cpu/cpu.shares'
