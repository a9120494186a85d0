# mount: -t with several types, with no before one or all of them, types nobody knows
mkdir d; t() { mount -t $1 $2 d; echo "$1 $2: $?"; findmnt -no FSTYPE d && umount d; }; t tmpfs,xyz x; t xyz,tmpfs x; t xyz x
t xyz,such x; t nosuch x; t such x; t xyz,ext4 x; t nosuch /root; t tmpfs, x; t ,tmpfs x; t TMPFS x; t ext4 /dev/null; t proc p
mount -t notmpfs,noproc | grep -c 'type tmpfs'; mount -t notmpfs,proc | grep -c 'type proc'; mount -t PROC | wc -l
findmnt -t xyz; echo "status $?"; findmnt -lt xyz; echo "status $?"; findmnt -S xyz; echo "status $?"; findmnt -O xyz
echo "status $?"
