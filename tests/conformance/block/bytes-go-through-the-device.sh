# block: what is written to a loop device is in its file, and the other way round; its end is its end
truncate -s 4K f; losetup /dev/loop0 f
echo hello > /dev/loop0; sync; head -c 6 f
printf world | dd of=/dev/loop0 bs=1 seek=1024 conv=notrunc status=none; sync
tail -c +1025 f | head -c 5; echo
dd if=/dev/zero of=/dev/loop0 bs=1K count=6 2>&1 | head -3
truncate -s 8K f; blockdev --getsize64 /dev/loop0; losetup -c /dev/loop0; blockdev --getsize64 /dev/loop0
losetup -d /dev/loop0
stat -c '%F %t:%T %a %U:%G %s' /dev/loop0 /dev/loop7 /dev/vda /dev/loop-control
