# overlay: two lowers and no upperdir; a single lower is refused; ro and remount
mkdir a b m; touch a/x b/y; mount -t overlay overlay -o lowerdir=a:b m; ls m
touch m/z; echo "status $?"; rm m/x; mkdir m/d; echo x > m/y; findmnt -no OPTIONS m
mount -o remount,rw m; echo "status $?"; touch m/z; umount m
mount -t overlay overlay -o lowerdir=a m; echo "status $?"; mkdir u w
mount -t overlay overlay -o ro,lowerdir=a,upperdir=u,workdir=w m; touch m/z; mount -o remount,rw m
touch m/z; ls u; echo changed > a/x; cat m/x
