# user: 4294967295, which is -1, is no id to become, to own or to map
setpriv --rgid 5 true; unshare -S -1 true; unshare -G 4294967295 true
chown 4294967295 /tmp; chown 4294967294 /tmp; stat -c %u /tmp; chroot --userspec=4294967295 / true; chroot --userspec=4294967294:0 / id
mount -t tmpfs -o uid=4294967295 t /mnt; mount -t devpts -o uid=4294967295 t /mnt
