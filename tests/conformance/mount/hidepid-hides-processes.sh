# mount: proc's hidepid, gid and subset, at mount and at remount
o() { grep ' /proc ' /proc/mounts | cut -d' ' -f4; }
mount -o remount,hidepid=2 /proc; o
su user -c 'cat /proc/1/comm; ls /proc/1; stat -c %n /proc/1; kill -0 1; cat /proc/self/comm; ps -e -o args= | grep -c init'
mount -o remount,hidepid=1 /proc; o; su user -c 'ls -d /proc/1; cat /proc/1/comm; ls /proc/1; cat /proc/self/comm'
mount -o remount,hidepid=invisible,gid=1000 /proc; o; su user -c 'cat /proc/1/comm'; mount -o remount,hidepid=off,gid=0 /proc; o
mount -t proc -o hidepid=4 p /mnt; su user -c 'cat /mnt/1/comm; cat /mnt/self/comm; ls /mnt/1'; umount /mnt
mount -t proc -o hidepid=noaccess p /mnt; su user -c 'cat /mnt/1/comm; cat /proc/1/comm'; grep /mnt /proc/mounts; umount /mnt
mount -t proc -o subset=pid p /mnt; ls /mnt | grep -v '^[0-9]'; cat /mnt/uptime; grep /mnt /proc/mounts; umount /mnt
mount -o remount,hidepid=5 /proc; mount -t proc -o hidepid=foo p /mnt; mount -t proc -o subset=net p /mnt; mount -t proc -o foo p /mnt; mount -t proc -o gid=x p /mnt
