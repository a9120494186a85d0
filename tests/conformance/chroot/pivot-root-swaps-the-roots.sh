# chroot: unshare -m, bind mount, pivot_root, umount -l of the old root
mkdir -p r/bin r/old r/proc; cp /bin/busybox r/bin
for a in sh ls mount umount cat wc readlink; do ln -s busybox r/bin/$a; done
unshare -mpf bash -c '
	mount --bind r r; cd r; pivot_root . old; export PATH=/bin; cd /; ls /; ls -d /old/etc /old/root/r
	mount
	mount -t proc proc /proc; mount | wc -l; umount /old; echo "umount $?"
	umount -l /old; echo "lazy $?"
	ls /old; mount; cat /proc/1/comm; readlink /proc/1/root; exec sh -c "ls /; echo \$\$"'
ls -d /etc /root/r; ls r/old; mount | grep -c root/r
