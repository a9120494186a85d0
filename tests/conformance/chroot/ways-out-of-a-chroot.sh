# chroot: .. stays inside; an open directory or /proc/1/root leads out; a pid namespace with its own root does not
mkdir -p r/bin r/x r/proc; cp /bin/busybox r/bin; ln -s busybox r/bin/sh; ln -s busybox r/bin/ls
touch proof
chroot r sh -c 'cd /; cd ../..; pwd; ls ../../etc; ls /../..'; chroot r chroot /x /bin/sh 2>&1 | cat
chroot r /bin/busybox chroot /x /bin/sh; echo "status $?"
exec 5< /; chroot r sh -c 'cd /proc/self/fd/5 || echo "no proc"'; mount -t proc p r/proc
chroot r sh -c 'cd /proc/self/fd/5 && ls -d root/proof; cd /proc/1/root && ls -d root/proof; pwd'
exec 5<&-
chroot r /bin/busybox chroot /proc/1/root /bin/ls /root/proof; umount r/proc
unshare -mpf bash -c '
	mount --bind r r; mkdir -p r/old; cd r; pivot_root . old; export PATH=/bin
	mount -t proc p /proc 2> /dev/null || busybox mount -t proc p /proc
	busybox umount -l /old; ls /proc/1/root/; ls /proc/1/root/root'
