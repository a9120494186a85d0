# mount: umount -a -t TYPE, negated types, -O
mkdir a b c; mount -t tmpfs one a; mount -t ramfs two b; mount -t tmpfs -o noexec three c
umount -a -t ramfs; echo "status $?"; findmnt -lno TARGET | grep /root; umount -a -t tmpfs -O noexec,nosuid
echo "status $?"; findmnt -lno TARGET | grep /root; mount -t ramfs two b; umount -av -t ramfs,nosuch
umount -a -t xyz; echo "status $?"; umount -av -O size=1m -t tmpfs
umount -a -t notmpfs,noext4,noproc,nosysfs,nodevtmpfs,nodevpts,nocgroup2,nomqueue,nosecurityfs,nobpf,notracefs,nodebugfs
echo "status $?"
