# overlay: a lower layer that turns up within another one
mkdir a b m; echo x > b/x; mount -t overlay o -o lowerdir=a:b m; cat m/x; mv b a/b; ls m; ls m/b; cat m/b/x
umount m; mount -t overlay o -o lowerdir=a:a/b m; echo "status $?"; dmesg | sed -n 's/.*] overlayfs: //p'
