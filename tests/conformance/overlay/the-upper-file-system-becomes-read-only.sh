# overlay: changes when the file system of the upper layer was remounted read-only
t=/mnt; mount -t tmpfs t $t; mkdir -p l $t/u $t/w m; echo a > l/a; mount -t overlay o -o lowerdir=l,upperdir=$t/u,workdir=$t/w m
touch m/b; mount -o remount,ro $t; touch m/c; echo x > m/b; echo x >> m/a; rm m/a; chmod 1 m/b; mkdir m/d; ln m/b m/e
mv m/b m/f; setfattr -n user.a -v b m/b; touch m/b; cat m/b m/a; grep ' /root/m ' /proc/mounts
test -w m/b; echo "$?"; test -w m/a; echo "$?"; mount -o remount,rw $t; touch m/c; ls m; umount $t
