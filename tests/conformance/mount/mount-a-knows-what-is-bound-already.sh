# mount: mount -a again: bind mounts, links, nofail, and tables in a directory
mkdir -p /mnt/a /mnt/b /tmp/tabs
cat >>/etc/fstab <<'X'
/etc/init.d /mnt/a none bind,ro 0 0
proc /mnt/nope proc defaults 0 0
LABEL=missing /mnt/b ext4 nofail 0 0
X
mount -a -v; echo $?
mount -a -v; echo $?
umount /mnt/a; mount -a -v -t none -O ro; echo $?
mount LABEL=missing; echo $?; mount LABEL= /mnt/b; echo $?
echo 'q /mnt/q tmpfs x-mount.mkdir,mode=711 0 0' >/tmp/tabs/one.fstab
echo 'r /mnt/b tmpfs defaults 0 0' >/tmp/tabs/two.table
mount -T /tmp/tabs -a -v; echo $?; ls -ld /mnt/q | cut -c1-10
mount -T /tmp/tabs /mnt/b; echo $?
mount -T /nope /mnt/b; echo $?
