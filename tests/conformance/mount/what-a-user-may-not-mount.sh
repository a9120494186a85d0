# mount: mount, umount, bind and losetup as uid 1000
# user: 1
mkdir d; mount -t tmpfs t d; echo "status $?"; mount --bind /tmp d; echo "status $?"
umount /proc; echo "status $?"; mount -o remount,ro /; mount | grep -c .  > n
[ $(cat n) -gt 10 ] && echo 'may look'; mount --make-private /; echo "status $?"
unshare -m; echo "status $?"; pivot_root . .; echo "status $?"
mount -t overlay o -o lowerdir=/tmp d; mount nosuch
