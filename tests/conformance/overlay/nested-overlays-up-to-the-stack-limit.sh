# overlay: an overlay as lower of an overlay works once; a third level exceeds the depth; as upper never
mkdir -p l m1 m2 m3 u1 u2 u3 w1 w2 w3; echo a > l/a
mount -t overlay o1 -o lowerdir=l,upperdir=u1,workdir=w1 m1; echo "status $?"; echo b > m1/b
mount -t overlay o2 -o lowerdir=m1,upperdir=u2,workdir=w2 m2; echo "status $?"; echo c > m2/c
echo x >> m2/a; rm m2/b; ls m2 u2; cat m1/a m2/a
mount -t overlay o3 -o lowerdir=m2,upperdir=u3,workdir=w3 m3; echo "status $?"
mkdir m1/u m1/w; mount -t overlay o4 -o lowerdir=l,upperdir=m1/u,workdir=m1/w m3; echo "status $?"
mount -t overlay o5 -o lowerdir=m1:m2 m3; echo "status $?"; mount -t overlay o6 -o lowerdir=m1:l m3
echo "status $?"; ls m3
dmesg | grep overlayfs | sed 's/^\[[^]]*\] //'; umount m1; echo "status $?"
