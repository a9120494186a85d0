# mount: -f, -fv, -n, -v and --fake of umount; what is checked without the call
mkdir d; mount -f -t tmpfs x d; echo "status $?"; mountpoint d; mount -fv -t tmpfs x d
mount -f -t nosuch x nosuch; echo "status $?"; mount -fv --bind nosuch d; echo "status $?"
mount -v -t tmpfs x d; mount -nv -t tmpfs y d; ls -l /etc/mtab | sed 's/.* -/-/'; umount --fake d
echo "status $?"; umount -v --fake d; mountpoint d; umount -nv d; umount -v d; umount -v d; echo "status $?"
mount -v --bind /etc d; mount -v --make-private d; mount -v -o remount,ro,bind d; umount -v d
