# mount: owners of devpts and of message queues in a user namespace
unshare -Urm sh -c 'mount -t devpts -o gid=5 d /mnt; echo $?; mount -t devpts -o gid=0,mode=620,ptmxmode=666 d /mnt; echo $?
grep " /mnt " /proc/mounts; ls -ln /mnt'
mount -t devpts -o uid=1000,gid=5,max=3 d /mnt; grep " /mnt " /proc/mounts; umount /mnt
for o in max=abc mode=999 foo uid=x; do mount -t devpts -o $o d /mnt 2>/dev/null; echo "$o $?"; done
su user -c 'unshare -Urmi sh -c "mount -t mqueue m /mnt; stat -c \"%a %u %g\" /mnt; touch /mnt/q; ls -ln /mnt/q | cut -c1-20"'
