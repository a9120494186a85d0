# block: offset, size limit, read-only devices and blockdev's numbers
for i in 1 2 3 4; do head -c 1024 /dev/zero | tr '\0' "$i"; done > data
losetup -o 1024 --sizelimit 2048 -r /dev/loop3 data
losetup -n -O NAME,SIZELIMIT,OFFSET,RO
head -c 3 /dev/loop3; echo; tail -c 2 /dev/loop3; echo; wc -c < /dev/loop3
blockdev --getsize64 --getsz --getss --getbsz --getro --getpbsz --getiomin --getra /dev/loop3
blockdev --report /dev/loop3 | awk '{print $1, $2, $3, $4, $6, $7}'
echo x > /dev/loop3; echo $?
cat /sys/block/loop3/size /sys/block/loop3/ro /sys/block/loop3/loop/offset /sys/block/loop3/loop/sizelimit /sys/block/loop3/loop/backing_file
losetup -d /dev/loop3
ls /sys/block/loop3/loop; cat /sys/block/loop3/size
head -c 3 /dev/loop3 | wc -c
