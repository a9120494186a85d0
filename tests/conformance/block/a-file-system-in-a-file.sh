# block: an image is made, mounted, filled, unmounted and mounted again
truncate -s 10M disk.img
mkfs.ext4 -q disk.img
mkdir mnt
mount -o loop disk.img mnt; echo $?
grep /mnt /proc/mounts
ls -la mnt | awk '{print $1, $2, $3, $5, $9}'
df mnt; df -h mnt; df -i mnt; stat -f -c '%T %s %b %f %a %c %d %l' mnt
echo hello > mnt/file; mkdir -p mnt/a/b; ln -s ../file mnt/a/link; ln mnt/file mnt/hard; chmod 4711 mnt/file
setfattr -n user.color -v red mnt/file; mkfifo mnt/fifo; mknod mnt/null c 1 3; chown 1000:1000 mnt/a
df mnt | tail -1; df -i mnt | tail -1
umount mnt; echo $?
ls mnt
losetup -a
mount disk.img mnt; echo $?
find mnt | sort
cat mnt/file mnt/a/link; stat -c '%A %h %U %G %s' mnt/file mnt/hard mnt/a mnt/fifo; stat -c '%t:%T' mnt/null
getfattr -d mnt/file
df mnt | tail -1
umount mnt
