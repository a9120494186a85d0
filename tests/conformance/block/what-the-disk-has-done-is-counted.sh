# block: /proc/diskstats and /sys/block/vda/stat of direct reads and writes
cd /root; dd if=/dev/zero of=f bs=1M count=4 conv=fsync 2> /dev/null; dd if=f of=/dev/null bs=64k count=1 iflag=direct 2> /dev/null; sync; sync
set -- $(cat /sys/block/vda/stat); r=$1 s=$3; dd if=f of=/dev/null bs=64k count=16 iflag=direct 2> /dev/null; set -- $(cat /sys/block/vda/stat); echo $(( $1 - r )) $(( $3 - s ))
w=$5 s=$7; dd if=/dev/zero of=f bs=64k count=16 oflag=direct conv=notrunc 2> /dev/null; set -- $(cat /sys/block/vda/stat); echo $(( $5 - w )) $(( $7 - s ))
echo $# $9; cat /sys/block/vda/inflight | wc -w; awk '$3 == "vda" { print $1, $2, NF, $12 }' /proc/diskstats; awk '{ print $3 }' /proc/diskstats
