# mount: umount by place, source, list, tree, namespace; busy ones; -a with types and options
mkdir -p /mnt/a/b /mnt/c; mount -t tmpfs t /mnt/a; mkdir /mnt/a/b; mount -t tmpfs u /mnt/a/b
umount /mnt/a; echo $?; umount t; echo $?; umount u; umount -R /mnt/a; umount -R /mnt/a; echo $?; umount -q /mnt/a; echo $?
umount /nope; umount -q /nope; umount -l /nope; umount; umount ""; umount -x
mount --bind /mnt/c /mnt/a; mount --bind /mnt/c /srv; umount -A /mnt/a; echo $?; grep -E '/mnt|/srv' /proc/mounts; umount -A nope; echo $?
mount -t tmpfs z /mnt/a; mount --bind /mnt/a /mnt/c; umount -A -v /mnt/c; umount -AR z; echo $?
mount -t tmpfs 'a b' /mnt/a; umount 'a b'; mkdir '/mnt/x y'; mount -t tmpfs t '/mnt/x y'; findmnt -n '/mnt/x y'; umount '/mnt/x y'
mount -t tmpfs -o x-a,x-b=c t /mnt/a; mount | grep /mnt; umount -a -t tmpfs -O x-a; cat /run/mount/utab; umount /mnt/a
umount -t bogus -a; echo $?; umount -a -O nosuchopt; echo $?; umount --fake -v /nope; umount /; echo $?
mount -t tmpfs t /mnt/c; cd /mnt/c; umount .; umount /mnt/c; cd /; umount /mnt/c; ln -s /mnt/a /tmp/l; mount -t tmpfs t /tmp/l; grep mnt /proc/mounts; umount /tmp/l
