# mount: --mkdir, -m, X-mount.mkdir with and without a mode, on a path with missing parents and on a file
mount --mkdir -t tmpfs x a/b/c; echo "status $?"; stat -c '%a %n' a a/b; mountpoint a/b/c
mount -m=700 -t tmpfs x d/e; echo "status $?"; umount d/e; stat -c '%a %n' d d/e
mount -t tmpfs -o X-mount.mkdir x f/g; echo "status $?"; umount f/g; stat -c %a f/g
mount -t tmpfs -o X-mount.mkdir=0710,size=1m x h/i; findmnt -no OPTIONS h/i; umount h/i
stat -c '%a %n' h h/i
touch file; mount --mkdir -t tmpfs x file; echo "status $?"; mount --mkdir -t tmpfs x file/x
echo "status $?"; mount --mkdir --bind file k; echo "status $?"; mount -m=abc -t tmpfs x l; echo "status $?"
ls -d l; mount -o X-mount.mkdir=9 -t tmpfs x m; echo "status $?"
echo "x /root/o/p tmpfs X-mount.mkdir=750 0 0" > t; mount -T t /root/o/p; stat -c %a o; mountpoint o/p
findmnt -no OPTIONS o/p
