# block: images mounted read-only, by option, by a read-only device and by a file without write permission
truncate -s 2M x.img; mkfs.ext4 -q x.img; mkdir m
mount -o loop,ro x.img m; grep /m /proc/mounts; touch m/x; losetup -n -O NAME,RO; umount m
mount -r x.img m; touch m/x; umount m
losetup -r /dev/loop0 x.img; mount /dev/loop0 m; grep /m /proc/mounts; touch m/y; mount -o remount,rw m; echo $?; umount m; losetup -d /dev/loop0
mount x.img m; mount -o remount,ro m; touch m/z; mount -o remount,rw m; touch m/z; ls m; umount m
