# chroot: pivot_root takes along every process whose root or directory was the old root
mkdir r; mount -t tmpfs r r; mount --make-private r; mkdir r/old r/bin r/proc; cp /bin/busybox r/bin
unshare -m bash -c '
(until [ -d /old/etc ]; do read -t 0.1 < /dev/zero; done; echo child sees $(cd /; echo *)) & 
pivot_root r r/old; cd /; echo *; pwd; wait
echo /old/roo?; exec /bin/busybox sh -c "umount /old; umount -l /old; ls /old"'
ls -d /etc
