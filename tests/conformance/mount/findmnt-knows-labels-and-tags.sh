# mount: LABEL, UUID and MAJ:MIN columns, tags as sources, and --evaluate
truncate -s 20M /tmp/d; mkfs.ext4 -q -L data -U 12345678-1234-1234-1234-123456789abc /tmp/d
mount -o loop /tmp/d /mnt
findmnt -o SOURCE,LABEL,UUID,MAJ:MIN,TARGET /mnt
findmnt -P -o LABEL,UUID,PARTUUID,MAJ:MIN /mnt
findmnt -J -o TARGET,LABEL,UUID,MAJ:MIN /mnt
findmnt LABEL=data -n -o TARGET; findmnt -S 'LABEL="data"' -n -o TARGET
findmnt UUID=12345678-1234-1234-1234-123456789abc -n -o TARGET,SOURCE
findmnt -S LABEL=nope; echo $?
cat >>/etc/fstab <<'X'
LABEL=data /srv ext4 defaults 0 0
UUID=12345678-1234-1234-1234-123456789abc /opt ext4 noauto,ro 0 2
LABEL=none /media ext4 noauto 0 0
X
findmnt -s; findmnt -s -e; findmnt -s -o SOURCE,TARGET,LABEL,UUID
findmnt -s -n LABEL=data; findmnt -s -n /dev/loop0; findmnt -s -n LABEL=none
findmnt --verify --verbose; echo $?
mount -l -t ext4 | sed 's/(.*)//'
umount LABEL=data; echo $?; findmnt /mnt
umount LABEL=data; echo $?
