# overlay: reading an upper file sets its access time by the overlay's mount options
mkdir l u w m; mount -t overlay overlay -o lowerdir=l,upperdir=u,workdir=w m; echo b > m/b
touch -d '2019-01-01 UTC' m/b
cat m/b > /dev/null; stat -c '%x' m/b u/b | cut -d- -f1; mount -o remount,noatime m
touch -d '2018-01-01 UTC' m/b
cat m/b > /dev/null; stat -c %x m/b u/b | cut -d- -f1; mount -o remount,relatime m; cat m/b > /dev/null
stat -c %x m/b | cut -d- -f1
