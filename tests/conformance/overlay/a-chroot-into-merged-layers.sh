# overlay: a root from busybox in a lower layer: chroot, pivot_root, what a process sees of its root
mkdir -p img/{bin,proc,tmp,old} u w m; cp /bin/busybox img/bin; ln -s busybox img/bin/sh
ln -s busybox img/bin/ls
mount -t overlay overlay -o lowerdir=img,upperdir=u,workdir=w m
chroot m /bin/sh -c 'ls /; echo hi > /tmp/x; busybox rm /bin/ls; ls /bin'; find u -printf '%y %P\n' | sort
unshare -mpf bash -c '
	mount --make-rprivate /; mount -t proc proc m/proc; cd m; pivot_root . old; exec /bin/busybox sh -c "
		busybox umount -l /old; busybox mount | busybox grep -v proc; busybox ps -o pid,args | busybox head -2
		busybox touch /made; busybox ls -a / /old"'
ls m u
