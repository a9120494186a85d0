# block: fallocate and dd images, fstrim, blkdiscard, mountpoint -d, findmnt on a loop mount
fallocate -l 3M f.img; mkfs.ext4 -q f.img; mkdir m; mount f.img m
mountpoint -d m; mountpoint m; mountpoint -x /dev/loop0; findmnt -n -o SOURCE,FSTYPE m; findmnt -n -S /dev/loop0 -o TARGET; findmnt -n /dev/loop0 -o TARGET
stat -c %D m; lsblk -n -o MOUNTPOINT /dev/loop0; df --output=source,fstype m | tail -1; df -T /dev/loop0 | tail -1 | awk '{print $1, $2, $7}'
ls -di m m/lost+found; touch m/a; mkdir m/b; touch m/b/c; ls -i m m/b
dmesg | grep loop0 | sed 's/^[^]]*\] //'; umount m
