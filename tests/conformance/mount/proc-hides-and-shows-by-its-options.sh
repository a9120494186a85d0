# mount: options of proc: gid=, hidepid=, subset=, at mount and remount, right and wrong
for o in gid=5 gid=4294967295 gid=x hidepid=0 hidepid=1 hidepid=invisible hidepid=4 hidepid=3 hidepid=x subset=pid subset=x foo \
  gid=5,hidepid=2,subset=pid; do
  mount -t proc -o $o p /mnt 2>/dev/null; echo "$o $?"; awk '$2 == "/mnt" { print $4 }' /proc/mounts; umount -q /mnt
done
mount -t proc -o subset=pid p /mnt; ls /mnt | grep -v '[0-9]'; cat /mnt/self/comm
mount -o remount,hidepid=2 /mnt; grep /mnt /proc/mounts; mount -o remount,subset=all /mnt; echo $?
unshare -Urmpf sh -c 'mount -t proc -o gid=5 p /mnt; echo $?; mount -t proc -o gid=0 p /mnt; echo $?; grep " /mnt " /proc/mounts'
