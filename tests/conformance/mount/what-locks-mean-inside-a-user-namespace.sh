# mount: mounts that came from outside: what may be changed about them in a user namespace, and what not
# user: 1
T() { echo "-- $*"; unshare -Urm sh -c "$*" 2>&1 | grep -v dmesg; }
T 'umount /proc'; T 'umount -l /dev/pts'; T 'mount --bind /dev /mnt; umount /mnt'; T 'mount --rbind /dev /mnt; umount /mnt/pts; umount -R /mnt'
T 'mount --move /dev /mnt'; T 'mount -o remount,bind,ro /sys; mount -o remount,bind,rw /sys; mount -o remount,bind,suid /sys'
T 'mount -o remount,bind,nosuid,nodev,noexec,noatime /sys; mount -o remount,bind,nosuid,nodev,noexec,relatime,ro /sys; echo $?'
T 'mount -t tmpfs t /mnt; mount -o remount,size=5m,ro /mnt; echo $?; mount -o remount,rw /mnt; umount /mnt; echo $?'
T 'mount -t tmpfs t /mnt; mkdir /mnt/a; mount -t tmpfs q /mnt/a; unshare -Urm sh -c "umount /mnt/a; umount -l /mnt; mount --bind /mnt /srv; mount --rbind /mnt /srv && umount -l /srv && echo ok"'
T 'mount -t proc p /proc; mount -t sysfs s /sys; mount -t cgroup2 c /mnt; mount -t mqueue m /mnt'
unshare -Urpmf sh -c 'mount -t proc p /proc; mount -t proc -o noatime p /mnt; echo $?; mount -t tmpfs t /proc/sys; mount -t proc p /srv; echo $?'
unshare -Urnm sh -c 'mount -t sysfs s /mnt; grep " /mnt " /proc/self/mountinfo | cut -d" " -f6-; mount -t tmpfs x /sys/fs/cgroup; mount -t sysfs s /opt; echo $?'
