# block: lsblk with loop devices and their mount points
truncate -s 10M x.img; mkfs.ext4 -q -L data x.img; mkdir m n; losetup /dev/loop2 x.img
lsblk; mount /dev/loop2 m; mount /dev/loop2 n
lsblk; lsblk -l; lsblk -n -o NAME,SIZE,TYPE,MOUNTPOINT; lsblk -b -o NAME,SIZE /dev/loop2; lsblk -P -o NAME,TYPE,MOUNTPOINT; lsblk -p -d -n -o NAME
lsblk -a -n -o NAME,SIZE | head -4; lsblk -o NAME,KNAME,PATH,RO,RM,MAJ:MIN,FSSIZE,FSUSE% /dev/loop2
lsblk /dev/loop5; echo $?; lsblk nosuch; echo $?; lsblk -o nosuch; echo $?; lsblk -e 7 -n -o NAME; lsblk -I 7 -n -o NAME
umount m n
