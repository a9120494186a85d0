# mount: pivot_root onto a mount, with shared parents, without one, old root below, . .
mkdir -p r/old n; pivot_root r r/old; echo "status $?"
unshare -m bash -c '
	mount --bind r r; pivot_root r r/old; echo "status $?"; mount --make-private r; pivot_root r n
	echo "status $?"; pivot_root r nosuch; pivot_root nosuch r/old; pivot_root r r/nosuch
	pivot_root r /root; echo "status $?"; mkdir -p r/bin; cp /bin/busybox r/bin; cd r
	pivot_root . old; echo "status $?"; /bin/busybox ls /; /bin/busybox pwd
	/bin/busybox umount -l /old; /bin/busybox ls /old'
unshare -m bash -c '
	cd r; mount --bind . .; cd /root/r; pivot_root . .; echo "status $?"; /bin/busybox umount -l .
	/bin/busybox ls /'
pivot_root; echo "status $?"; pivot_root a; su user -c '/sbin/pivot_root / /tmp'; echo "status $?"
