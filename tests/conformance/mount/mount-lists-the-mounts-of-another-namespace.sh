# mount: -N of mount and umount, with a pid and with a file
unshare -m sleep 20 & until [ "$(readlink /proc/$!/ns/mnt)" != "$(readlink /proc/self/ns/mnt)" ]; do sleep .1; done
mount -N $! -t tmpfs inside /mnt
mount -N $! -t tmpfs; mount -t tmpfs | grep -c inside
mount -N /proc/$!/ns/mnt -v -t tmpfs more /srv
umount -N $! -v /srv; umount -N $! /srv; echo $?
umount -N abc /mnt; echo $?; mount -N /etc/passwd /mnt; echo $?
kill $!
