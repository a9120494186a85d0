# block: what /proc, /sys and /dev tell of block devices
cat /proc/partitions; sed -n '/^Block/,$p' /proc/devices
ls /sys/block /sys/class/block /sys/dev/block
readlink /sys/block/loop0 /sys/class/block/vda /sys/dev/block/7:3
cat /sys/block/vda/size /sys/block/vda/ro /sys/block/vda/dev /sys/block/vda/removable /sys/block/loop0/dev /sys/block/loop0/size
cat /sys/block/vda/queue/logical_block_size /sys/block/vda/queue/rotational /sys/block/vda/queue/scheduler /sys/block/loop1/queue/hw_sector_size
ls /sys/block/loop0/ | tr '\n' ' '; echo; cat /sys/block/loop0/uevent
ls /dev/disk; ls -l /dev/disk/by-label /dev/disk/by-uuid | awk '{print $9, $10, $11}'; readlink /dev/block/254:0
blkid /dev/vda; blkid -o value -s TYPE /dev/vda; findfs LABEL=root; blockdev --getsize64 --getro /dev/vda
dd if=/dev/vda bs=1 skip=1080 count=2 status=none | od -An -tx1
cat /sys/block/loop0/loop/backing_file
