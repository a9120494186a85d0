# block: the files are in the image: copies have them too, and what is overwritten is gone
truncate -s 5M a.img; mkfs.ext4 -q -L one a.img; mkdir m n
mount a.img m; echo first > m/f; umount m
cp a.img b.img
mount a.img m; mount b.img n
echo second > m/f; cat m/f n/f
findmnt -n -o SOURCE,TARGET,FSTYPE,OPTIONS -t ext4 | tail -2
umount m n
grep -c second a.img b.img
dd if=/dev/zero of=a.img bs=1k count=4 conv=notrunc status=none
mount a.img m; echo $?
mount -t ext4 a.img m; echo $?
mount b.img m; cat m/f; umount m
