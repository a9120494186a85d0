# overlay: more than 500 lower layers are refused, and so are options that do not fit a page
mkdir m; for i in $(seq 501); do mkdir $i; done; mount -t overlay overlay -o lowerdir=$(seq -s: 501) m
echo "status $?"
p=$PWD/$(printf 'x%.0s' $(seq 200)); t=1; for i in $(seq 20); do t=$t:$p$i; mkdir $p$i; done; echo ${#t}
mount -t overlay o -o lowerdir=$t m; echo "status $?"; t=${t%:*}; mount -t overlay o -o lowerdir=$t m
echo "status $?"
findmnt -no OPTIONS m | wc -c; dmesg | grep overlayfs | sed 's/^\[[^]]*\] //; s/xx*/xx/g'
