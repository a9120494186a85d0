# block: an unprivileged user, and root of a user namespace, get no loop devices and no disks
truncate -s 2M x.img; mkfs.ext4 -q x.img; chmod 666 x.img; chmod 755 /root; mkdir m
su user -c 'cd /root; /usr/sbin/losetup -f x.img; echo $?; mount -o loop x.img m; echo $?; cat /dev/vda | head -c 1; /usr/sbin/mkfs.ext4 -qF x.img; echo $?; /usr/sbin/blkid x.img >/dev/null; echo $?'
su user -c 'cd /root; unshare -Urm sh -c "mount -o loop x.img m; echo \$?; /usr/sbin/losetup -f x.img; echo \$?; mount -t ext4 /dev/loop0 m; echo \$?"'
losetup /dev/loop0 x.img; unshare -Urm sh -c 'mount /dev/loop0 m; echo $?; losetup -a >/dev/null; echo $?; losetup -d /dev/loop0; echo $?'
losetup -d /dev/loop0; losetup -a
