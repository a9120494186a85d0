# userland: hostname, date, nice, chroot, mount, mknod as a user
# user: 1
hostname new; echo "status $?"; hostname; echo x > /proc/sys/kernel/hostname; echo "status $?"
date -s 2030-01-01 > /dev/null; echo "status $?"; nice -n -5 true; chroot /tmp
mount -t tmpfs x /mnt; mknod n c 1 3; echo "status $?"
