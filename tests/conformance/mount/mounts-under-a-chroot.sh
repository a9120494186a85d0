# mount: mounting and unmounting inside a chroot; paths in mountinfo are those seen from there
mkdir -p r/{bin,proc,d,x}; cp /bin/busybox r/bin; c() { chroot r /bin/busybox "$@"; }
mount -t proc proc r/proc
c mount -t tmpfs in /d; echo "status $?"; findmnt -lno TARGET,SOURCE | tail -1; c cat /proc/mounts
c mount --bind /d /x
c touch /x/f; ls r/d; c umount /d; echo "status $?"; c umount /; echo "status $?"; mountpoint r/x
umount r/x r/proc
findmnt -R r; echo "status $?"; mount --bind r r; mount -t proc proc r/proc
c awk '{print $4, $5}' /proc/self/mountinfo
