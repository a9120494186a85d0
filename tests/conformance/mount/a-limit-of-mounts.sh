# mount: fs.mount-max limits the mounts of a namespace, not the copy of one
n=$(wc -l < /proc/self/mountinfo); mkdir m k; mount -t tmpfs t m; mount --make-private m; mkdir m/a
echo $((n + 3)) > /proc/sys/fs/mount-max
mount -t tmpfs x m/a; mount -t tmpfs x m/a; mount -t tmpfs x m/a; mount --bind m k; mount --rbind m k; umount m/a; mount --rbind m k; echo $?
unshare -m true; echo $?; echo 5 > /proc/sys/fs/mount-max; unshare -m true; echo $?; unshare -m mount -t tmpfs z k; mount -t proc p k; umount k; umount -R m; mount -t tmpfs z k
echo 0 > /proc/sys/fs/mount-max; cat /proc/sys/fs/mount-max; echo 100000 > /proc/sys/fs/mount-max; mount -t tmpfs z k; echo $?
