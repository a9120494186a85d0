# mount: the same file system on its own root is busy; another one may be stacked
mkdir m n
mount --bind /proc/sys m; mount -t proc proc m; echo $?; umount m; umount m
mount -t sysfs s n; mount -t sysfs s n; mount -t tmpfs t n; mount -t sysfs s n; echo $?; umount n; umount n; umount n
mount -t cgroup2 c m; mount -t cgroup2 c m; umount m; mount -t mqueue q m; mount -t mqueue q m; umount m; mount -t devtmpfs d n; mount -t devtmpfs d n; umount n
mount -t devpts d n; mount -t devpts d n; echo $?; findmnt -R -n -o FSTYPE n; umount n; umount n; mount -t tmpfs t m; mount -t tmpfs t m; echo $?; mount /dev/vda n; mount /dev/vda n; umount n; umount n
