# block: losetup attaches the first free device to a file, lists it in its formats, and detaches it
truncate -s 5M disk.img
losetup -f
losetup -f --show disk.img
losetup -a | sed 's/\[.*\]/[DEV]/; s/:[0-9]* (/:INO (/'
losetup
losetup -l -O NAME,BACK-FILE,RO,MAJ:MIN
losetup -n -O NAME,SIZELIMIT
losetup --raw -O NAME,OFFSET,DIO
losetup -J
losetup -j disk.img -O NAME
losetup -f
cat /proc/partitions
losetup -d /dev/loop0; echo $?
losetup -a; losetup
cat /proc/partitions
