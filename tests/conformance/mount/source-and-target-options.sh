# mount: --source, --target, --target-prefix, -o of several kinds, -r and -w, order of options
mkdir -p d p/root/d; mount -t tmpfs --source x --target d; findmnt -no SOURCE,TARGET d; umount d
mount --target d -t tmpfs y; echo "status $?"; findmnt -no SOURCE d && umount d; mount --source z d -t tmpfs
findmnt -no SOURCE d && umount d; mount --target-prefix p -t tmpfs w /root/d
findmnt -no TARGET -S w && umount p/root/d; mount --target-prefix /root/p -t tmpfs w root/d
findmnt -no TARGET -S w; umount w; mount -r -t tmpfs x d; findmnt -no OPTIONS d; umount d
mount -rw -t tmpfs x d; findmnt -no OPTIONS d; umount d
mount -o ro -o noexec -w -t tmpfs x d; findmnt -no OPTIONS d; umount d
mount -o noexec,exec,nosuid,suid,nodev,dev -t tmpfs x d; findmnt -no OPTIONS d; umount d
mount -o noatime,atime,nodiratime,relatime,strictatime -t tmpfs x d; findmnt -no OPTIONS d; umount d
mount -o sync,dirsync,mand,lazytime,silent -t tmpfs x d; findmnt -no OPTIONS d; umount d
mount -o ,,ro,, -t tmpfs x d; echo "status $?"; findmnt -no OPTIONS d; mount --source a --target b c
echo "status $?"; mount -o '' -t tmpfs x d; echo "status $?"; mount -o -t tmpfs x d; echo "status $?"
