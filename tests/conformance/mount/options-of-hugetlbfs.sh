# mount: sizes, page sizes and owners of hugetlbfs, and files in it
for o in pagesize=2M size=4M size=4194305 size=0 min_size=0 min_size=2M nr_inodes=1k mode=700 mode=1777 uid=5 gid=user \
  uid=x pagesize=4k pagesize=abc size=50% size=abc pagesize=1G,size=4G foo size=4M,nr_inodes=10,uid=1,gid=2; do
  mount -t hugetlbfs -o $o t /mnt 2>/dev/null; echo "$o $?"
  awk '$2 == "/mnt" { print $4 }' /proc/mounts; stat -c '%a %u %g' /mnt; umount -q /mnt
done
mount -t hugetlbfs -o size=4M,nr_inodes=3 h /mnt; df /mnt
touch /mnt/a; mkdir /mnt/d; touch /mnt/b; ln -s a /mnt/l
truncate -s 2M /mnt/a; truncate -s 1M /mnt/a; stat -c '%n %s' /mnt/a /mnt/d; echo x >/mnt/a
mount -o remount,foo /mnt; umount /mnt
