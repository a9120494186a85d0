# chroot: a new root on tmpfs, the old one detached while its programs still run
unshare -m bash -c '
mkdir -p /tmp/n; mount -t tmpfs t /tmp/n; mkdir /tmp/n/old /tmp/n/bin /tmp/n/proc
cp /bin/busybox /tmp/n/bin; cd /tmp/n
pivot_root . old; echo "status $?"
cd /; /bin/busybox ls
/bin/busybox mount -t proc proc /proc
/bin/busybox umount /old; echo "status $?"
/bin/busybox umount -l /old; echo "status $?"
/bin/busybox ls old
ls; echo "status $?"
exec /bin/busybox sh -c "cd /; ls"'
unshare -m bash -c 'mkdir n; mount --bind n n; cd n; pivot_root . .; echo "status $?"; umount -l .; echo "status $?"; cd /; pwd'
echo "the host goes on"
