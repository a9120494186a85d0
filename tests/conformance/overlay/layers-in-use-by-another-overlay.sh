# overlay: upper and work directories of another overlay are refused with an index, and warned of without
t() { mount -t overlay o -o "$@" m2; echo "mount $? $*";  dmesg -c | sed 's/^\[ *[0-9.]*\] //'; umount m2 2>/dev/null; }
mount -t overlay o -o lowerdir=l,upperdir=u,workdir=w m
for i in on off; do
t lowerdir=l,upperdir=u,workdir=w2,index=$i
t lowerdir=l,upperdir=u2,workdir=w,index=$i
t lowerdir=u,upperdir=u2,workdir=w2,index=$i
t lowerdir=w,upperdir=u2,workdir=w2,index=$i
t lowerdir=u/sub,upperdir=u2,workdir=w2,index=$i
t lowerdir=w/work,upperdir=u2,workdir=w2,index=$i
t lowerdir=l,upperdir=u/sub,workdir=w2,index=$i
t lowerdir=l,upperdir=u2,workdir=w/sub,index=$i
t lowerdir=l,upperdir=w/work,workdir=w2,index=$i
t lowerdir=m,upperdir=u2,workdir=w2,index=$i
t lowerdir=l,upperdir=m,workdir=w2,index=$i
rm -rf w2 u2; mkdir w2 u2
done
mount -t tmpfs -o ro r l2
t lowerdir=l,upperdir=l2,workdir=w2
t lowerdir=l2,upperdir=u2,workdir=w2
t lowerdir=l:l2
mount -o remount,ro m; echo $?; touch m/x; mount -o remount,rw m; echo $?; touch m/x; echo $?; grep ^o /proc/mounts
mount -o remount,index=on m; echo $?; dmesg -c; grep ^o /proc/mounts
mount -o remount,foo m; echo $?; dmesg -c
umount m; mount -t overlay o -o lowerdir=l:l2 m; mount -o remount,rw m; echo $?; grep ^o /proc/mounts; mount -o remount,ro m; echo $?
