# overlay: what each value of redirect_dir does to a rename and to a redirect that is already there
mkdir -p l/d u w m; touch l/d/x
o() { mount -t overlay overlay -o lowerdir=l,upperdir=u,workdir=w,$1 m; echo "$1: $?"; }
for v in off follow nofollow; do
	o redirect_dir=$v; findmnt -no OPTIONS m; strace -e trace=renameat2 mv m/d m/$v 2>&1 | grep -o EXDEV; ls m
umount m
	rm -r u w; mkdir u w
done
o redirect_dir=on; strace -e trace=renameat2 mv m/d m/e 2>&1 | grep -c EXDEV; ls m m/e
findmnt -no OPTIONS m; umount m
getfattr --only-values -n trusted.overlay.redirect u/e; echo; getfattr -n trusted.overlay.opaque u/e
for v in off follow nofollow; do o redirect_dir=$v; ls m; ls m/e; umount m; done
o redirect_dir=nosuch; o redirect_dir=; o redirect_dir; dmesg | grep 'overlayfs.*mount option' | sed 's/^\[[^]]*\] //'
