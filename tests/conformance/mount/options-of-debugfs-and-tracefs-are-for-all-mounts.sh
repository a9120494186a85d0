# mount: debugfs and tracefs are one file system each: the options of a further mount change all its mounts
show() { grep -E 'debugfs|tracefs' /proc/mounts; stat -c '%a %u %g' /sys/kernel/debug /sys/kernel/tracing; }
mount -t debugfs -o gid=5 d /mnt; show; umount /mnt
mount -t tracefs -o uid=7,mode=755 d /mnt; show; umount /mnt
mount -t debugfs -o foo,mode=abc d /mnt; echo $?; show
mount -o remount,gid=0,mode=1777 /mnt; show; umount /mnt
mount -t debugfs d /mnt; show
