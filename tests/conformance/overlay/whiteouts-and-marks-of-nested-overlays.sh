# overlay: an overlay on an overlay with whiteouts and opaque directories
mkdir -p l u w m u2 w2 m2; mkdir l/d; touch l/a l/d/x; mount -t overlay o -o lowerdir=l,upperdir=u,workdir=w m; rm m/a
rm -r m/d; mkdir m/d; mount -t overlay o2 -o lowerdir=m,upperdir=u2,workdir=w2 m2 2>&1; mkdir -p l2
mount -t overlay o2 -o lowerdir=m:l2,upperdir=u2,workdir=w2 m2; ls m2; touch m2/d/y; chmod 700 m2/d
getfattr -d -m - u2/d | grep -v origin; mknod m2/z c 0 0; setfattr -n trusted.overlay.opaque -v y m2/d; rm -r m2/d; ls m2
find u2 | sort; umount m; umount m2 m; mount -t overlay o2 -o lowerdir=u:l,upperdir=u2,workdir=w2 m2; ls m2
grep -c overlay /proc/mounts
