# overlay: without userxattr it mounts in a user namespace too; what is allowed and what is refused there
# user: 1
mkdir -p l/d u w m; touch l/a l/d/x
unshare -Urm bash -c '
	o() { mount -t overlay overlay -o "$1" m; echo "status $?"; }
	o lowerdir=l,upperdir=u,workdir=w; findmnt -no OPTIONS m; rm m/a; ls m; mkdir m/n; touch m/n/x
	chown 0 m/n; chown 1 m/n; mknod m/dev c 1 3; mknod u/w c 0 0; echo "status $?"; umount m; echo "status $?"
	o userxattr,redirect_dir=on,lowerdir=l,upperdir=u,workdir=w; o userxattr,metacopy=on,lowerdir=l,upperdir=u,workdir=w
	o lowerdir=/etc:/usr; ls -d m/passwd m/bin; umount m; o lowerdir=/etc,upperdir=/root,workdir=w'
ls -A u; umount m
