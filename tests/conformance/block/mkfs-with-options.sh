# block: mkfs.ext4 with label, block size, inodes, reserved blocks and features
export U=11111111-2222-3333-4444-555555555555
show() { dumpe2fs -h x.img 2>/dev/null | grep -E 'name:|features|Inode count|Block count|Reserved block|Free|First block|Block size|Inode size|journal size|Journal inode'; }
truncate -s 20M x.img
mkfs.ext4 -q -F -L mydata -m 0 -N 100 -U $U x.img; show
mkfs.ext4 -q -F -b 4096 -m 1 -U $U x.img; show
mkfs.ext4 -q -F -O ^has_journal -i 8192 x.img; show
mkfs.ext4 -q -F -O ^metadata_csum,^64bit,^resize_inode x.img; show
mkfs.ext4 -q -F -I 128 x.img; show
mkfs.ext4 -q -F x.img 5000; show
mke2fs -q -F -t ext3 x.img; show
mke2fs -q -F x.img; show
mkfs -t ext2 -q -F -L toolongalabelfortheplace x.img; show
