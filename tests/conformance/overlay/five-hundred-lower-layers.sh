# overlay: as many lower layers as there may be; what the listing of 500 merged directories shows
mkdir m; for i in $(seq 500); do mkdir $i; touch $i/f$i $i/all; done; echo first > 1/all
mount -t overlay overlay -o lowerdir=$(seq -s: 500) m; echo "status $?"; ls m | wc -l; cat m/all
findmnt -no OPTIONS m | tr : '\n' | wc -l; stat -c %s m/f500; umount m; echo "status $?"
