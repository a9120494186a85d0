# overlay: space: a full upper tmpfs, sparse copies, du of the layers, copy-up of a large file
mkdir l m t; mount -t tmpfs -o size=1M t t; mkdir t/u t/w; head -c 2M /dev/zero > l/big
head -c 300K /dev/zero > l/mid; mount -t overlay overlay -o lowerdir=l,upperdir=t/u,workdir=t/w m
echo x >> m/mid; echo "status $?"; stat -c '%s %n' l/mid t/u/mid; chmod 600 m/big; echo "status $?"
echo x >> m/big; echo "status $?"; stat -c '%a %s' m/big; rm m/big; echo "status $?"; ls t/u
head -c 2M /dev/zero > m/new; echo "status $?"; df m | awk 'NR==2 {print $2, $5, $6}'
rm m/new m/mid; df m | awk 'NR==2 {print $5}'; ls l
