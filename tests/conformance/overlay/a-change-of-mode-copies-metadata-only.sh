# overlay: with metacopy=on chmod and chown copy no data; the first write does
mkdir l u w m; head -c 10000 /dev/zero | tr '\0' x > l/f; mount -t overlay o -o lowerdir=l,upperdir=u,workdir=w,metacopy=on m
chmod 600 m/f; stat -c '%a %s' u/f m/f; getfattr --absolute-names -m trusted.overlay.metacopy -d u/f; wc -c < m/f; md5sum < m/f
head -c 4 u/f | od -c; mv m/f m/g; getfattr --absolute-names -n trusted.overlay.redirect u/g; md5sum < m/g
echo y >> m/g; getfattr --absolute-names -m trusted.overlay.metacopy -d u/g; wc -c < u/g; tail -c 3 u/g
umount m; grep -c overlay /proc/mounts
chmod 644 l/f; mount -t overlay o -o lowerdir=l,upperdir=u,workdir=w,metacopy=on,redirect_dir=off m; echo "status $?"
dmesg | tail -1 | sed 's/.*overlayfs/overlayfs/'
mount -t overlay o -o lowerdir=l,upperdir=u,workdir=w,metacopy=on,userxattr m; dmesg | tail -1 | sed 's/.*overlayfs/overlayfs/'
