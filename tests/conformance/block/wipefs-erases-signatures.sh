# block: wipefs shows and erases signatures
truncate -s 2M x.img; mkfs.ext4 -q -L data -U 11111111-2222-3333-4444-555555555555 x.img
wipefs x.img; wipefs -n -a x.img; wipefs -J x.img; wipefs -p x.img; wipefs -O OFFSET,TYPE x.img; wipefs -i x.img
wipefs -a x.img; echo $?; wipefs x.img; blkid x.img; echo $?
mkfs.ext2 -q x.img; wipefs -o 0x438 x.img; wipefs x.img; wipefs -a -q x.img; echo $?
wipefs nosuch; echo $?; wipefs; echo $?
