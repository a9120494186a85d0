# namespaces: who may mount sysfs, proc, cgroup2, mqueue and devpts in a user namespace
t() { mount -t $1 x /mnt && findmnt -n -o FSTYPE,FS-OPTIONS /mnt && umount /mnt; }
export -f t
for it in proc sysfs cgroup2 mqueue devpts tmpfs ramfs; do
  echo "- $it"; su user -c "unshare -Urm bash -c 't $it'"; su user -c "unshare -Urmpfni bash -c 't $it'"; su user -c "unshare -UrmC bash -c 't $it'"
done
su user -c 'unshare -Urm sh -c "mount -t devtmpfs d /mnt; mount -t ext4 /dev/vda /mnt; mount -t debugfs d /mnt; mount -t tracefs d /mnt; mount -t securityfs d /mnt; mount -t configfs d /mnt; mount -t nosuch d /mnt; mount -t overlay o -o lowerdir=/etc:/usr /mnt; echo \$?; mount -t hugetlbfs h /mnt; mount -t fusectl f /mnt; mount -t pstore f /mnt; mount -t rootfs f /mnt"'
