# namespaces: in a user namespace proc mounts only where another is seen in full, with the same access times
unshare -Urmpf bash -c '
mount -t proc proc /proc; echo $?; tail -1 /proc/self/mountinfo | cut -d" " -f4-
mount -o remount,ro /proc; echo $?; mount -o remount,rw /proc; echo $?; mount -o remount,bind,noatime /proc; mount -o remount,bind,nosuid /proc; echo $?
umount /proc; mount -t proc -o ro proc /proc; echo $?; mount -t proc -o noatime proc /mnt; mount -t proc -o nodiratime proc /mnt; mount -t proc -o strictatime proc /mnt; mount -t proc -o nosuid,nodev,noexec proc /mnt; echo $?'
mount --bind /dev/null /proc/version
unshare -Urmpf mount -t proc proc /mnt; umount /proc/version; unshare -Urmpf mount -t proc proc /mnt && echo seen
mount -t tmpfs none /proc/tty/ldisc; unshare -Urmpf mount -t proc proc /mnt; umount /proc/tty/ldisc
mount -o remount,bind,ro /proc; unshare -Urmpf sh -c 'mount -t proc proc /mnt; mount -t proc -o ro proc /mnt; echo $?; grep -c "/mnt proc ro" /proc/mounts'; mount -o remount,bind,rw /proc
mount -o remount,ro /sys; unshare -Urmn sh -c 'mount -t sysfs s /mnt; mount -t sysfs -o ro s /mnt; echo $?'
