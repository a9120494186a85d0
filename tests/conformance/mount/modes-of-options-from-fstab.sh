# mount: --options-mode, --options-source and --options-source-force
mkdir -p /mnt/a
echo 't1 /mnt/a tmpfs size=1m,nosuid 0 0' >>/etc/fstab
try() { echo "-- $*"; mount "$@"; echo $?; grep /mnt/a /proc/mounts; umount -q /mnt/a; }
try /mnt/a
for mode in ignore append prepend replace bogus; do try --options-mode $mode -o size=5m,nodev /mnt/a; done
try --options-source fstab -o nodev /mnt/a
try --options-source mtab -o nodev /mnt/a
try --options-source disable -t tmpfs -o nodev t2 /mnt/a
try --options-source bogus /mnt/a
try --options-source-force -o nodev t1 /mnt/a
try --options-source-force -t tmpfs -o nodev t2 /mnt/a
mount -o noexec /mnt/a; mount -o remount,size=2m /mnt/a; grep /mnt/a /proc/mounts
