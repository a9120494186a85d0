# namespaces: in a user namespace what came from outside cannot be unmounted, moved or made less strict
unshare -Urm bash -c '
umount /proc; umount -l /proc; umount /sys; umount -R /sys; umount /
mount -o remount,ro /; mount -o remount,bind,ro /; mount -o remount,bind,rw /; mount -o remount,bind,rw,exec /proc; mount -o remount,bind,nosuid,noexec,nodev /proc; echo $?
mkdir -p /tmp/a; mount --bind /etc /tmp/a; echo $?; mount -o remount,bind,ro /tmp/a; touch /tmp/a/x; mount -o remount,bind,rw /tmp/a; echo $?; umount /tmp/a
mount --bind / /tmp/a; mount --rbind / /tmp/a; echo $?; ls /tmp/a | wc -l; umount /tmp/a; umount /tmp/a/proc; umount -R /tmp/a; umount -l /tmp/a; echo $?
mount --bind /sys /tmp/a; mount --rbind /sys /tmp/a; echo $?; umount /tmp/a/fs/cgroup; mount --move /tmp/a/fs/cgroup /mnt; mount --move /proc /mnt; mount --move /tmp/a /mnt; echo $?
mount --make-shared /; mount --make-rshared /; echo $?; mount --make-rprivate /; mount --make-rslave /'
mkdir b; mount -t tmpfs -o ro,nosuid,nodev,noexec t b
unshare -Urm bash -c 'mount -o remount,bind,rw b; mount -o remount,bind,ro b; mount -o remount,bind,ro,nosuid,nodev,noexec b; echo $?; mount -o remount,bind,ro,nosuid,nodev,noexec,noatime b; mount -o remount b; mount --bind b /mnt; mount -o remount,bind,rw /mnt; umount b; umount /mnt; echo $?'
