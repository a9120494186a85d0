# block: images that hold nothing, are too short, are missing, in use or mounted already
mkdir m n
truncate -s 1M none.img; mount none.img m; echo $?
mount -o loop none.img m; echo $?
mount -t ext4 none.img m; echo $?
mount -t ext4 -o loop none.img m; echo $?
mount -o loop missing.img m; echo $?
mount missing.img m; echo $?
mkfs.ext4 -q none.img; mount none.img nowhere; echo $?
mount none.img m; mount none.img n; echo $?; mount none.img m; echo $?
mount -t tmpfs none.img n; umount n
cd m; umount /root/m; echo $?; cd ..
umount none.img; echo $?
umount none.img; echo $?
mount /dev/loop5 m; echo $?
mount -t ext4 /dev/loop5 m; echo $?
mount -o nosuchoption none.img m; echo $?
mount -t ext3 none.img m; echo $?
mount -t ext2 none.img m; echo $?
losetup -a
