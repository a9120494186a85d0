# block: a loop mount is undone by its directory, its device or its file; the device goes by itself
truncate -s 2M x.img; mkfs.ext2 -q x.img; mkdir m
mount x.img m; cat /sys/block/loop0/loop/autoclear; umount m; losetup -a
mount x.img m; umount /dev/loop0; echo $?; losetup -a
mount x.img m; umount x.img; echo $?; losetup -a
d=$(losetup -f --show x.img); mount $d m; cat /sys/block/loop0/loop/autoclear; losetup -d $d; echo $?
losetup -n -O NAME,AUTOCLEAR; umount m; losetup -a
d=$(losetup -f --show x.img); mount $d m; umount m; losetup -n -O NAME; mountpoint m; mount $d m; mountpoint m; umount -l m; losetup -d $d; losetup -a
