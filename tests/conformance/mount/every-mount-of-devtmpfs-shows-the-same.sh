# mount: devtmpfs mounted again takes its options for all its mounts
for o in size=1m nr_inodes=10 nr_inodes=0 mode=700 uid=5 foo inode32; do
  mount -t devtmpfs -o $o t /mnt 2>/dev/null; echo "$o $?"; umount -q /mnt; grep devtmpfs /proc/mounts
done
mount -o remount,size=20m /dev; grep devtmpfs /proc/mounts; stat -c %a /dev
mount -t devtmpfs t /mnt; touch /mnt/here; ls /dev/here
