# chroot: unshare -m, bind mount, pivot_root, umount -l of the old root
mkdir -p r/bin r/old r/proc; cp /bin/busybox r/bin
for a in sh ls mount umount cat ps mkdir; do ln -s busybox r/bin/$a; done
unshare -mpf bash -c '
	mount --bind r r; cd r; pivot_root . old; export PATH=/bin; cd /; ls /
	ls -d /old/etc /old/root/r; ls /old/proc | grep -c ^1$; mount; mount -t proc proc /proc
	mount | wc -l; umount /old; echo "umount $?"; umount -l /old; echo "lazy $?"; ls /old
	mount; ps | grep -v "ps\|{"; cat /proc/1/comm; exec sh -c "ls /"'
ls -d /etc /root/r; ls r/old; mount | grep -c root/r
