# mount: which of the kernel's own file systems refuse options, ignore them or keep them, also when remounted
for type in sysfs securityfs configfs fusectl mqueue pstore bpf binfmt_misc ramfs; do
  for option in foo mode=700 gid=5; do
    mount -t $type -o $option t /mnt 2>/dev/null; echo "$type $option $?"
    awk '$2 == "/mnt" { print $4 }' /proc/mounts; umount -q /mnt
  done
  mount -t $type t /mnt; mount -o remount,foo /mnt 2>/dev/null; echo "$type remount $?"; umount /mnt
done
mount -t sysfs -o foo t /mnt
mount -t pstore -o kmsg_bytes=5 t /mnt; mount -t pstore t /mnt; awk '$2 == "/mnt" { print $4 }' /proc/mounts
