# mount: the same file system on the root of a mount of itself is refused, also another directory of it
mkdir /sys/fs/cgroup/g; echo $$ > /sys/fs/cgroup/g/cgroup.procs
unshare -Cm mount -t cgroup2 c /sys/fs/cgroup; echo $?
mount -t sysfs s /sys; echo $?; mount -t proc p /proc; echo $?
mkdir a; mount -t sysfs s a; [ $(stat -c %d a) = $(stat -c %d /sys) ]; echo "same device: $?"
unshare -nm sh -c 'mount -t sysfs s /sys; stat -c %d a /sys' | uniq | wc -l
umount a; mount -t bpf x a; tail -1 /proc/self/mountinfo | cut -d' ' -f6- | sed 's/shared:[0-9]*//'; umount a
mount -t bpf -o mode=755 x a; tail -1 /proc/mounts; umount a; mount -t bpf -o mode=1777,nosuch x a; tail -1 /proc/mounts; stat -c %a a
