# mount: types whose drivers are modules: what mount says without a device, with one that holds something else, and of what it is given
mkdir /mnt/a; truncate -s 10M /tmp/d; losetup /dev/loop0 /tmp/d
for t in squashfs vfat xfs btrfs iso9660 udf f2fs exfat nfs cifs 9p autofs ecryptfs virtiofs swap ntfs cramfs bogus; do
  echo "-- $t"; mount -t $t none /mnt/a; echo $?; mount -t $t /dev/loop0 /mnt/a; echo $?; mount -t $t /etc /mnt/a; echo $?
done 2>&1 | grep -v dmesg
mount -t vfat,btrfs /dev/loop0 /mnt/a; mount -t vfat /dev/loop0 /mnt/nope; mount -t vfat -o foo /dev/vda /mnt/a
grep -cxE '(nodev)?.(vfat|xfs|btrfs|9p|nfs)' /proc/filesystems
for t in binfmt_misc rpc_pipefs; do mount -t $t t /mnt/a; echo $?; umount /mnt/a; done
unshare -Urm mount -t vfat /dev/loop0 /mnt/a
