# overlay: a user without a namespace of his own may neither mount nor unmount one
chmod 755 .; mkdir l u w m
su user -c 'mount -t overlay o -o lowerdir=/root/l,upperdir=/root/u,workdir=/root/w /root/m'
echo "status $?"; mount -t overlay o -o lowerdir=l,upperdir=u,workdir=w m; su user -c 'umount /root/m'
echo "status $?"
su user -c 'mount -o remount,ro /root/m'; echo "status $?"; su user -c 'umount -l m'; mountpoint m
