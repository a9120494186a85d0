# overlay: without an upper layer, or mounted ro, every change is EROFS
mkdir l1 l2 u w m; echo a > l1/a; mkdir l2/d; mount -t overlay overlay -o lowerdir=l1:l2 m; echo "status $?"
echo x > m/a; touch m/new; rm m/a; rmdir m/d; mkdir m/e; mv m/a m/b; ln m/a m/c; ln -s a m/s; chmod 600 m/a
chown 1 m/a
setfattr -n user.x -v y m/a; mknod m/p p; touch m/a; truncate -s 0 m/a; findmnt -no OPTIONS m
[ -w m/a ] || echo no
mount -o remount,rw m; echo "status $?"; umount m
mount -t overlay overlay -o ro,lowerdir=l1,upperdir=u,workdir=w m; echo "status $?"; touch m/new
findmnt -no OPTIONS m; ls w
mount -o remount,rw m; echo "status $?"; touch m/new; ls u; findmnt -no OPTIONS m; mount -o remount,ro m
touch m/new2
