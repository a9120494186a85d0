# mount: the options user, users, owner and noauto; who may unmount; implied nosuid,nodev,noexec
chmod 755 .; mkdir a b c; cat >> /etc/fstab <<F
one /root/a tmpfs noauto,user 0 0
two /root/b tmpfs noauto,users,exec 0 0
three /root/c tmpfs noauto 0 0
F
ls -l /bin/mount | cut -c1-10
su user -c 'mount /root/a; mount /root/b; mount /root/c; mount -t tmpfs x /root/c; mount /root/a -o suid'
for d in a b c; do findmnt -no OPTIONS $d; done
su user -c 'umount /root/c'; su user -c 'umount /root/b'; echo "status $?"; mount /root/b
su user -c 'umount /root/b'; echo "status $?"; su user -c 'umount /root/a'; echo "status $?"; mount c
su user -c 'umount /root/c'; echo "status $?"; su user -c 'mount -o remount,ro /'
su user -c 'mount --bind /etc /root/a'; echo "status $?"
