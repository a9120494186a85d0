# mount: /proc/mounts, /etc/mtab, /proc/PID/mounts, mountinfo in a chroot and after pivot_root; poll by findmnt
mkdir -p r/bin r/proc r/d; cp /bin/busybox r/bin; readlink /proc/mounts /etc/mtab; mount --bind r r
mount -t proc p r/proc; mount -t tmpfs in r/d; chroot r /bin/busybox cat /proc/mounts
chroot r /bin/busybox sh -c '/bin/busybox awk "{print \$4, \$5}" /proc/self/mountinfo'
chroot r /bin/busybox mount
unshare -m bash -c 'mount -t tmpfs x r/d; grep -c /root/r/d /proc/self/mounts /proc/$PPID/mounts'
chroot r /bin/busybox umount /d; mountpoint r/d; chroot r /bin/busybox umount /proc; findmnt -R r -no TARGET
