# block: blkid, e2label, tune2fs, findfs and mounts by label and by UUID
truncate -s 2M x.img; mkfs.ext4 -q -L data -U 11111111-2222-3333-4444-555555555555 x.img; mkdir m
blkid x.img; blkid -s LABEL x.img; blkid -s UUID -o value x.img; blkid -o export x.img; blkid -o udev x.img; blkid -p x.img
e2label x.img; e2label x.img other; e2label x.img
tune2fs -L third x.img; tune2fs -U 99999999-2222-3333-4444-555555555555 x.img; blkid x.img
losetup /dev/loop1 x.img
blkid -L third; blkid -U 99999999-2222-3333-4444-555555555555; blkid -L nosuch; echo $?
findfs LABEL=third; findfs UUID=99999999-2222-3333-4444-555555555555; findfs LABEL=nosuch; echo $?
blkid -t LABEL=third; blkid -t TYPE=ext4 -o device
mount LABEL=third m; echo $?; grep /m /proc/mounts; mount -l | grep loop; umount m
mount -L third m; umount m; mount -U 99999999-2222-3333-4444-555555555555 m; umount m
mount LABEL=nosuch m; echo $?
mount UUID=nosuch m; echo $?
blkid nosuch.img; echo $?; blkid /etc/passwd; echo $?; e2label /etc/passwd; echo $?; e2label nosuch; echo $?
