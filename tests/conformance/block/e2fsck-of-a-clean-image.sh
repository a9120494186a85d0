# block: e2fsck and fsck.ext4 on a clean image, on a mounted one, on none
truncate -s 10M x.img; mkfs.ext4 -q -L data x.img; mkdir m
e2fsck x.img; echo $?
e2fsck -f x.img; echo $?
fsck.ext4 -n x.img; echo $?
e2fsck -fn x.img | tail -1
mount x.img m; for i in 1 2 3; do echo $i > m/$i; done; umount m
e2fsck -f -y x.img; echo $?
e2fsck -p x.img; echo $?
truncate -s 1M none; e2fsck none; echo $?
e2fsck nosuch; echo $?
e2fsck; echo $?
