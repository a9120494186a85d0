# overlay: read-only bind mounts as lower, upper and work directory
mkdir l u w m b; touch l/a; mount --bind l l; mount -o remount,bind,ro l
mount -t overlay o -o lowerdir=l,upperdir=u,workdir=w m; touch m/a; echo "status $?"; umount m
mkdir u/x; mount --bind u b; mount -o remount,bind,ro b
mount -t overlay o -o lowerdir=l,upperdir=b,workdir=w m; mount -t overlay o -o lowerdir=l,upperdir=u,workdir=b/x m
mount -t overlay o -o lowerdir=b,upperdir=u,workdir=w m; echo "status $?"; dmesg | sed -n 's/.*] overlayfs: //p'
