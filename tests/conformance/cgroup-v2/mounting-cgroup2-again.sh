# cgroup-v2: another mount shows the same tree; options; read-only bind
mkdir c; mount -t cgroup2 none c; mkdir c/x; ls -d /sys/fs/cgroup/x; mount | tail -1; umount c
mount -t cgroup2 -o ro none c; mkdir c/y; echo "status $?"; umount c
mount --bind /sys/fs/cgroup/x c; ls c | grep -c cgroup.procs; mount -o remount,ro,bind c
echo $$ > c/cgroup.procs; echo "status $?"; mount -o remount,rw,bind c; echo $$ > c/cgroup.procs
cat /proc/self/cgroup; umount c; echo $$ > /sys/fs/cgroup/cgroup.procs; rmdir /sys/fs/cgroup/x
umount /sys/fs/cgroup; echo "status $?"; ls /sys/fs/cgroup | wc -l
mount -t cgroup2 cgroup2 /sys/fs/cgroup; ls /sys/fs/cgroup | grep -c procs
echo 1 > /sys/fs/cgroup/cgroup.freeze; mount -t cgroup2 -o nosuch none c; echo "status $?"
