# overlay: the module is in use while something is mounted
mkdir l u w m; lsmod | awk '$1=="overlay"{print $1,$3}'; mount -t overlay o -o lowerdir=l,upperdir=u,workdir=w m
lsmod | awk '$1=="overlay"{print $1,$3}'; cat /sys/module/overlay/refcnt; rmmod overlay; modprobe -r overlay
echo "status $?"
umount m; cat /sys/module/overlay/refcnt
