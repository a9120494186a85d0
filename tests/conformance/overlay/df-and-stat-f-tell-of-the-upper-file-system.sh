# overlay: df, stat -f and du on an overlay show the size and the room of the upper layer
mkdir l t m; mount -t tmpfs -o size=1m,nr_inodes=100 t t; mkdir t/u t/w; head -c 100000 /dev/zero > l/big
mount -t overlay over -o lowerdir=l,upperdir=t/u,workdir=t/w m; df m; df -i m | tail -1; df -T m | tail -1
stat -f -c '%T %b %S %s' m
df --output=source,fstype,size,used,target m; du -s m/big; head -c 200000 /dev/urandom > m/new
df m | tail -1; du -s --apparent-size m; df -a | grep -c over; df -t overlay; df -x overlay m
