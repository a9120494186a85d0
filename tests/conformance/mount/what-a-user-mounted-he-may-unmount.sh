# mount: user= in utab names who mounted; others and root's mounts; wrong paths; options a user may not give
chmod 755 .; mkdir a b
printf 'one /root/a tmpfs noauto,user 0 0\ntwo /root/b tmpfs noauto 0 0\n' >> /etc/fstab
su user -c 'mount /root/a; mount | tail -1; cat /run/mount/utab; umount -v /root/a; cat /run/mount/utab; mount -v /root/a'
umount a; mount /root/a; su user -c 'umount /root/a'; echo "status $?"; umount a
su user -c 'mount -o noexec /root/a; mount -t tmpfs /root/a; mount /root/nosuch; mount /root/b; umount /root/a'
echo "status $?"
su user -c 'umount nosuch; umount /; umount -v /dev/shm; umount -A /root/a; umount -f /root/a; umount -a; umount'
mountpoint a
