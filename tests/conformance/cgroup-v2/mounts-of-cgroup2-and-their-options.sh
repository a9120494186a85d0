# cgroup-v2: unknown options and values, with what the kernel logs of them; the flags belong to the hierarchy
dmesg -C; t() { mount -t cgroup2 -o "$1" x /mnt > /dev/null 2>&1; echo "$1 $?"; umount /mnt 2> /dev/null; grep -m1 cgroup2 /proc/mounts; }
t foo; t nsdelegate=1; t favordynmods,memory_localevents; t nsdelegate,memory_recursiveprot; mount -o remount,bogus /sys/fs/cgroup; mount -o remount,memory_localevents /sys/fs/cgroup; grep cgroup2 /proc/mounts
dmesg | sed 's/^\[[^]]*\] //'; su user -c 'unshare -Urm mount -t cgroup2 x /mnt'; echo $?; su user -c 'unshare -UrmC mount -t cgroup2 x /mnt'; echo $?
