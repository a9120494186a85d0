# overlay: with userxattr the marks are user.overlay.*, those in trusted.* are not looked at
mkdir -p l/d l/e u w m; touch l/d/x l/e/y; mkdir u/e; setfattr -n trusted.overlay.opaque -v y u/e
mount -t overlay overlay -o userxattr,lowerdir=l,upperdir=u,workdir=w m; echo "status $?"
findmnt -no OPTIONS m; ls m/e
rm -r m/d; mkdir m/d; touch m/d/n; getfattr -dm opaque u/d; getfattr -dm - m/d
setfattr -n user.overlay.opaque -v y m/e; echo "status $?"; setfattr -n user.x -v y m/e; getfattr -d m/e
umount m
setfattr -n user.overlay.opaque -v y u/e
mount -t overlay overlay -o userxattr,lowerdir=l,upperdir=u,workdir=w m; ls m/e; umount m
o() { mount -t overlay overlay -o userxattr,lowerdir=l,upperdir=u,workdir=w,$1 m; echo "$1 status $?"
findmnt -no OPTIONS m && umount m; }
o redirect_dir=on; o redirect_dir=nofollow; o redirect_dir=follow; o redirect_dir=off; o metacopy=on
o userxattr=on; dmesg | grep overlayfs | sed 's/^\[[^]]*\] //'
