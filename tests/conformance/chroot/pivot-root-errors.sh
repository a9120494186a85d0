# chroot: new root not a mount point, put_old outside, shared parent, missing directories
mkdir -p r/old m; pivot_root r r/old; echo "status $?"; pivot_root nosuch x; echo "status $?"
pivot_root; echo "status $?"; pivot_root a b c; echo "status $?"
unshare -m bash -c '
	cd r; pivot_root . old; echo "not a mount: $?"; cd ..; mount --bind r r
	pivot_root r /tmp; echo "outside: $?"; pivot_root r r/nosuch; echo "missing: $?"
	pivot_root / /root/r; echo "same: $?"; touch f; pivot_root f r/old; echo "file: $?"
	pivot_root r r/old; echo "works: $?"; echo /* /old/root/r'
unshare -m --propagation shared bash -c 'mount --bind r r; pivot_root r r/old; echo "shared: $?"'
umount r
unshare -m bash -c '
	mount --bind r r; cd r; pivot_root . .; echo "dot dot: $?"; echo *; cd /; echo *; wc'
mount -t tmpfs t m; mkdir m/old; pivot_root m m/old; echo "host: $?"
su user -c 'unshare -Urm pivot_root / /tmp'
