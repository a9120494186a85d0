# user: a process whose root was changed makes no user namespace, but after pivot_root it does
mkdir -p r/bin r/old; cp /bin/busybox r/bin
chroot r /bin/busybox unshare -U /bin/busybox id -u
chroot / unshare -U id -u
mount --bind / /mnt; chroot /mnt unshare -U id -u
unshare -m sh -c 'mount --bind r r; cd r; pivot_root . old; chroot . /bin/busybox unshare -U /bin/busybox echo may'
unshare -R r /bin/busybox unshare -U /bin/busybox id -u; unshare -R /mnt unshare -U id -u
su user -c 'unshare -Ur chroot / unshare -U id -u'
