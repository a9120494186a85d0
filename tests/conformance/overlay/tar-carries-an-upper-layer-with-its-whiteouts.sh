# overlay: tar of an upper layer: whiteouts are devices, attributes need --xattrs-include, and the layer works elsewhere
mkdir l u w m; echo a > l/a; echo b > l/b; mkdir l/d l/e; echo x > l/d/x; echo y > l/e/y
mount -t overlay overlay -o lowerdir=l,upperdir=u,workdir=w m
rm m/a; rm -r m/d; mkdir m/d; echo new > m/d/new; echo more >> m/b; rm -r m/e
umount m
tar -C u -cf u.tar . ; tar -tvf u.tar | awk '{print $1, $2, $3, $NF}' | sort -k4
tar -C u --xattrs --xattrs-include='*' -cf ux.tar . ; tar --xattrs --xattrs-include='*' -tvvf ux.tar | grep -v origin | awk '{print $1, $2, $3, $NF}' | sort
mkdir o o2 o3
tar -C o -xf u.tar; getfattr -R -d -m - o | grep -v origin
tar -C o2 --xattrs --xattrs-include='*' -xf ux.tar; getfattr -R -d -m opaque o2
tar -C o3 --xattrs -xf ux.tar; getfattr -R -d -m - o3; echo none
stat -c '%n %F %t,%T' o/a o2/e
mkdir m2; mount -t overlay overlay -o lowerdir=o2:l m2; ls -R m2
