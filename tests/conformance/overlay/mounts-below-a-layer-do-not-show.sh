# overlay: what is mounted below a lower directory is not part of the layer
mkdir -p l/d u w m; touch l/d/under; mount -t tmpfs t l/d; touch l/d/over
mount -t overlay overlay -o lowerdir=l,upperdir=u,workdir=w m; ls l/d m/d
umount l/d; echo "status $?"; mount --bind /etc l/d; ls m/d; umount l/d; mount -t tmpfs t2 u; touch u/x
ls m; umount u; mount -t tmpfs t3 m/d; touch m/d/y; ls m/d l/d; umount m/d; umount m
mount -t tmpfs t l; mkdir l/d; mount -t overlay overlay -o lowerdir=l:u m; umount l; echo "status $?"; ls m
rmdir l; echo "status $?"; umount -l l; ls m; umount m
