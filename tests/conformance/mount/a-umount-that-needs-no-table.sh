# mount: umount of an absolute path does not read the table of mounts, so it knows no source, and -r remounts nothing
mkdir -p /mnt/a; cd /
mount -t tmpfs src /mnt/a; umount -v /mnt/a
mount -t tmpfs src /mnt/a; umount -v /mnt/a/
mount -t tmpfs src /mnt/a; umount -v /mnt/../mnt/a
mount -t tmpfs src /mnt/a; umount -v mnt/a
mount -t tmpfs src /mnt/a; umount -v src
for option in -l -f -c -d; do mount -t tmpfs src /mnt/a; umount -v $option /mnt/a; done
mount -t tmpfs src /mnt/a; umount -v -R /mnt/a
mount -t tmpfs src /mnt/a; umount -v -A /mnt/a
mount -t tmpfs -o x-note src /mnt/a; umount -v /mnt/a
mount -t tracefs src /mnt/a; umount -v /mnt/a
touch /tmp/f; mount --bind /etc/passwd /tmp/f; umount -v /tmp/f
mount -t tmpfs src /mnt/a; cd /mnt/a
umount -r /mnt/a; echo $?; grep /mnt/a /proc/mounts
umount -r src; echo $?; grep /mnt/a /proc/mounts
umount -l /mnt/a; umount .; umount /mnt/a; echo $?
