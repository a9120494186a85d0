# overlay: a merged directory as the lower of another; limits of nesting
mkdir -p l u1 w1 m1 u2 w2 m2 u3 w3 m3; echo low > l/f
mount -t overlay o1 -o lowerdir=l,upperdir=u1,workdir=w1 m1; echo mid > m1/g
mount -t overlay o2 -o lowerdir=m1,upperdir=u2,workdir=w2 m2; ls m2; echo top >> m2/f; rm m2/g
cat m2/f m1/f l/f; ls m2 m1 u2; stat -c %F u2/g
mount -t overlay o3 -o lowerdir=m2,upperdir=u3,workdir=w3 m3; echo "status $?"
mount -t overlay o3 -o lowerdir=m1,upperdir=m2,workdir=w3 m3; echo "status $?"
umount m1; echo "status $?"; umount m2 m1
