# block: the file behind a device is removed, moved or cut
truncate -s 2M x; mkfs.ext4 -q x; mkdir m; mount x m; echo hi > m/f
mv x y; losetup -n -O NAME,BACK-FILE; rm y; losetup -n -O NAME,BACK-FILE; cat /sys/block/loop0/loop/backing_file; cat m/f; losetup -a | sed 's/\[.*\]:[0-9]*/N/'
df m | tail -1; umount m; losetup -a
mkdir t; mount -t tmpfs t t; truncate -s 2M t/z; mkfs.ext4 -q t/z; mount t/z m; umount t; echo $?; umount m; umount t; echo $?
truncate -s 2M w; mkfs.ext4 -q w; truncate -s 1M w; mount w m; echo $?; dmesg | tail -1 | sed 's/^[^]]*\] //'
