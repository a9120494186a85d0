# overlay: cp -a of an upper layer keeps its whiteouts and marks, cp -r does not keep the marks
mkdir l u w m; echo a > l/a; mkdir l/d; echo x > l/d/x; ln l/a l/h
mount -t overlay overlay -o lowerdir=l,upperdir=u,workdir=w m
rm m/a; rm -r m/d; mkdir m/d; touch m/d/n; echo 1 > m/f; setfattr -n user.k -v v m/f
umount m
cp -a u u2; cp -r u u3
stat -c '%n %F' u2/a u3/a; getfattr -R -d -m 'opaque|user' u2; getfattr -R -d -m 'opaque|user' u3
mkdir w2 w3
mount -t overlay overlay -o lowerdir=l,upperdir=u2,workdir=w2 m; ls m m/d; umount m
mount -t overlay overlay -o lowerdir=l,upperdir=u3,workdir=w3 m; ls m m/d; umount m
cp -a u/. merged 2>&1; mv u2/a elsewhere; stat -c %F elsewhere
rm -r u3; ls u3; echo $?
