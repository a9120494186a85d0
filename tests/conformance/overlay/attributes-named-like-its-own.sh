# overlay: attributes named like its own
mkdir -p l u w m; touch l/f; for n in user.x trusted.y trusted.overlay.foo user.overlay.bar trusted.overlayz; do setfattr -n $n -v 1 l/f; done
mount -t overlay o -o lowerdir=l,upperdir=u,workdir=w m; getfattr -d -m - m/f; getfattr -n trusted.overlay.foo m/f
setfattr -n trusted.overlay.foo -v 1 m/f; setfattr -x trusted.overlay.foo m/f; setfattr -n trusted.overlay -v 1 m/f
setfattr -x user.x m/f; setfattr -x user.nope m/f; getfattr -d -m - m/f; getfattr -d -m - u/f | grep -v origin; umount m
mount -t overlay o -o userxattr,lowerdir=l,upperdir=u,workdir=w m; getfattr -d -m - m/f | grep -v origin; setfattr -n user.overlay.foo -v 1 m/f
setfattr -n trusted.overlay.foo -v 1 m/f; su user -c 'getfattr -d -m - /root/m/f'
