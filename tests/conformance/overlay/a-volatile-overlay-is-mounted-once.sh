# overlay: volatile leaves a mark in the work directory that must be removed by hand
mkdir l u w m; mount -t overlay o -o lowerdir=l,upperdir=u,workdir=w,volatile m; grep -o volatile /proc/mounts; find w -printf '%d %y %f\n'
umount m; mount -t overlay o -o lowerdir=l,upperdir=u,workdir=w m; echo "status $?"; dmesg | tail -1 | sed 's/.*overlayfs/overlayfs/'
find w -printf '%d %y %f\n'; (cd w; rm -r work/incompat); mount -t overlay o -o lowerdir=l,upperdir=u,workdir=w m; echo "status $?"; find w -printf '%d %y %f\n'
umount m; mkdir l2; mount -t overlay o -o lowerdir=l:l2,volatile m; grep o /proc/mounts | grep -c volatile; dmesg | tail -1 | sed 's/.*overlayfs/overlayfs/'
