# overlay: proc, sysfs, cgroup, devtmpfs and devpts as layers
mkdir l u w m; t() { mount -t overlay o -o $1 m 2>/dev/null; echo "$1 $?"; umount m 2>/dev/null; }
t lowerdir=/proc,upperdir=u,workdir=w; t lowerdir=/sys:l,upperdir=u,workdir=w; t lowerdir=/sys/fs/cgroup:l,upperdir=u,workdir=w
t lowerdir=/dev:l,upperdir=u,workdir=w; t lowerdir=/dev/pts:l; mkdir /dev/shm/u /dev/shm/w; t lowerdir=l,upperdir=/dev/shm/u,workdir=/dev/shm/w
t lowerdir=l,upperdir=/proc,workdir=/proc/1; dmesg | sed -n 's/.*] overlayfs: //p'
