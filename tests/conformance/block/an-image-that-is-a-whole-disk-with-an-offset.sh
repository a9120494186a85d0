# block: a file system behind an offset in a bigger file
truncate -s 2M fs; mkfs.ext4 -q -L inner fs; mkdir m
{ head -c 1048576 /dev/zero; cat fs; } > disk
mount disk m; echo $?
mount -o loop,offset=1048576 disk m; echo $?; losetup -n -O NAME,OFFSET,SIZELIMIT; touch m/x; umount m
mount -o offset=1M,sizelimit=2M disk m; losetup -n -O NAME,OFFSET,SIZELIMIT; ls m; umount m
blkid -p -O 1048576 disk -s LABEL -o value; blkid disk; echo $?
mount -o loop=/dev/loop4 fs m; losetup -n -O NAME; umount m
