# overlay: df, du, stat -f and find -xdev
t=/mnt; mount -t tmpfs -o size=10m,nr_inodes=100 t $t; mkdir -p l m $t/u $t/w; head -c 1000000 /dev/zero > l/big; sync
mount -t overlay o -o lowerdir=l,upperdir=$t/u,workdir=$t/w m; df -h m | tr -s ' '; df -i m | tr -s ' '; stat -f -c '%T %l %S %s %t' m
du -s --apparent-size m; cp m/big m/big2; df -h m | tr -s ' '; dd if=/dev/zero of=m/fill bs=1M count=20 2>&1 | head -1; rm m/fill
mkdir m/sub; mount -t tmpfs x m/sub; touch m/sub/in; find m -xdev | sort; umount m/sub m
mount -t overlay o -o lowerdir=l:$t/u m; [ $(stat -f -c %b m) = $(stat -f -c %b l) ]; echo $?; umount m
mount -t overlay o -o lowerdir=$t/u:l m; [ $(stat -f -c %b m) = $(stat -f -c %b $t) ]; echo $?; touch m/x
