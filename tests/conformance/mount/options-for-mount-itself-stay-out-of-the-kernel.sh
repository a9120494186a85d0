# mount: x- and X- options, comment, _netdev: kept in /run/mount/utab and shown by mount, not by findmnt
mkdir a b; ls /run/mount 2>&1
mount -t tmpfs -o x-systemd.requires=foo,X-bar=1,comment=hello,_netdev,nofail,noauto x a
findmnt -no OPTIONS a; mount -t tmpfs | tail -1; cat /run/mount/utab; mount -t tmpfs -o users,exec y b
mount | tail -1
cat /run/mount/utab; umount b; umount a; cat /run/mount/utab; mount -t tmpfs -o user 'a b' a
cat /run/mount/utab
mount | tail -1; umount -l a; wc -c < /run/mount/utab; mount -t tmpfs -o uid=user,gid=user,mode=700 x a
findmnt -no OPTIONS a
