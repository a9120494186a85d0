# overlay: volatile leaves a mark in the work directory that must be removed by hand
mkdir l u w m; mount -t overlay o -o lowerdir=l,upperdir=u,workdir=w,volatile m; grep -o volatile /proc/mounts; find w | sort
umount m; mount -t overlay o -o lowerdir=l,upperdir=u,workdir=w m; echo "status $?"; dmesg | tail -1 | sed 's/.*overlayfs/overlayfs/'
find w | sort; rm -r w/work/incompat; mount -t overlay o -o lowerdir=l,upperdir=u,workdir=w m; echo "status $?"; find w | sort
umount m; mkdir l2; mount -t overlay o -o lowerdir=l:l2,volatile m; grep o /proc/mounts | grep -c volatile; dmesg | tail -1 | sed 's/.*overlayfs/overlayfs/'
