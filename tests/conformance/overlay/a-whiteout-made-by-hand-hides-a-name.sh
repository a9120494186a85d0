# overlay: mknod c 0 0 in upper or in a lower hides; other devices show; inside the overlay it hides nothing
mkdir l1 l2 u w m; touch l2/a l2/b l2/c; mkdir l2/d; touch l2/d/x; mknod u/a c 0 0; mknod l1/b c 0 0
mknod u/c c 0 1; mknod u/d c 0 0; mknod u/none c 0 0
mount -t overlay overlay -o lowerdir=l1:l2,upperdir=u,workdir=w m; ls m; stat m/a m/d/x
stat -c '%n %F %t,%T' m/c; ls u; mknod m/w c 0 0; echo "status $?"; ls m; rm u/a; umount m
mount -t overlay overlay -o lowerdir=l1:l2,upperdir=u,workdir=w m; ls m
