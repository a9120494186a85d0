# overlay: the upper layer of one overlay below another, in other orders and at the same time
mkdir -p l u1 w1 m1 u2 w2 m2; echo a > l/a; mount -t overlay o1 -o lowerdir=l,upperdir=u1,workdir=w1 m1; echo 1 > m1/one
umount m1; mount -t overlay o2 -o lowerdir=u1:l,upperdir=u2,workdir=w2 m2; ls m2; rm m2/a m2/one
ls -l u2 | awk '{print $1,$NF}'; ls m2; umount m2; mount -t overlay o2 -o lowerdir=u2:u1:l m2; ls m2; umount m2
mount -t overlay o2 -o lowerdir=l:u1:u2 m2; ls m2; umount m2; mount -t overlay o1 -o lowerdir=l,upperdir=u1,workdir=w1 m1
mount -t overlay o2 -o lowerdir=u1:l,upperdir=u2,workdir=w2,index=on m2; echo $?
mount -t overlay o2 -o lowerdir=u1:l,upperdir=u2,workdir=w2 m2; echo $?; echo x > m1/late; ls m2
dmesg | sed -n 's/.*] overlayfs: //p'
