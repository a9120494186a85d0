# overlay: copy-up of more than the upper layer holds fails with ENOSPC and leaves nothing behind
mkdir l t m; mount -t tmpfs -o size=256k,nr_inodes=8 t t; mkdir t/u t/w; head -c 300000 /dev/zero > l/big
echo small > l/a
mkdir l/d; touch l/d/1 l/d/2 l/d/3
mount -t overlay overlay -o lowerdir=l,upperdir=t/u,workdir=t/w m; echo x >> m/big; echo "status $?"
ls t/u t/w/work; stat -c %s m/big; echo more >> m/a; echo "status $?"; truncate -s 0 m/big; echo "status $?"
ls t/u
touch m/d/new; echo "status $?"; touch m/d/n2; echo "status $?"; rm m/d/1; echo "status $?"; ls m/d
df -i t | awk 'NR==2 {print $2, $3, $4}'
