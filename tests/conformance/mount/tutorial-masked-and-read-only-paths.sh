# mount: hiding parts of /proc and /sys in a container as runtimes do
unshare -mpf sh -c 'mount -t proc proc /proc; mount --bind /dev/null /proc/kcore; mount --bind /proc/sys /proc/sys; mount -o remount,bind,ro,nosuid,nodev,noexec /proc/sys; mount -t tmpfs -o ro,size=0 none /proc/tty/driver
echo x > /proc/sys/kernel/hostname; cat /proc/kcore | wc -c; ls /proc/tty/driver; grep " /proc" /proc/mounts | cut -d" " -f1-4; stat -c %t,%T /proc/kcore; hostname; mount -o remount,bind,rw /proc/sys; echo ok > /proc/sys/kernel/hostname; umount /proc/kcore; echo $?
unshare -Urpf sh -c "mount -t proc p /mnt"; umount /proc/sys /proc/tty/driver; unshare -Urmpf sh -c "mount -t proc p /mnt && echo visible"'; hostname
