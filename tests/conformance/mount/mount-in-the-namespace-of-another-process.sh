# mount: -N and umount -N work in the mount namespace of a process or of a namespace file
mkdir d; unshare -m sleep 60 & p=$!
until [ "$(readlink /proc/$p/ns/mnt)" != "$(readlink /proc/$$/ns/mnt)" ]; do sleep 0.1; done
mount -N $p -t tmpfs there d; echo "status $?"; mountpoint d; nsenter -m -t $p mountpoint d
findmnt -N $p -no SOURCE /root/d; umount -N $p /root/d; echo "status $?"; nsenter -m -t $p mountpoint d
mount -N /proc/$p/ns/mnt -t tmpfs again d; nsenter -m -t $p mountpoint d; mount -N nosuch -t tmpfs x d
echo "status $?"; umount -N 999999 d; echo "status $?"; kill $p; wait 2>/dev/null
