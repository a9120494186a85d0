# mount: moving onto each other, files and directories, binds of a tree into itself, and what remount leaves
mkdir -p /m; mount -t tmpfs m /m; mount --make-private /m; mkdir -p /m/{a,b,c}/{1,2}
mount -t tmpfs a /m/a; mkdir /m/a/1; mount -t tmpfs a1 /m/a/1
mount --move /m/a /m/b; findmnt -R -n -o TARGET,SOURCE /m
mount --move /m/b /m/b/1; echo $?; mount --move /m/c /m/a; echo $?; mount --move /m /mnt; echo $?; mount --move / /mnt; echo $?
touch /m/f; mount --move /m/b /m/f; echo $?; mount --bind /m/f /m/a; echo $?; mount --bind /m/a /m/f; echo $?
mount --bind /m /m/a; mount --rbind /m /m/c; findmnt -R -n -o TARGET /m; umount -R /m/c; umount /m/a
mount -o bind,ro /m/b /m/c; touch /m/c/x; mount -o remount,bind,rw /m/c; touch /m/c/x; mount -o rbind,ro /m/b /m/a; touch /m/a/y; touch /m/a/1/y
mount -o remount,rw,noexec,nosuid,nodev,noatime,nodiratime /m/b; mount -o remount,bind /m/b; mount -o remount,relatime,bind /m/a
grep ' /m' /proc/self/mountinfo | cut -d' ' -f5-
mount -o shared /m/b; mount -o rprivate /m; echo $?; mount -o bind,shared /m/b /m/a; mount --make-shared --make-private /m/b; echo $?
umount -l /m; ls /m; grep -c ' /m' /proc/self/mountinfo
