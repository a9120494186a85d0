umask 022
mkdir l u w m
mkdir l/d
echo low > l/f
setfacl -m u:user:rw l/f
setfacl -d -m u:user:rwx l/d
mount -t overlay overlay -o lowerdir=l,upperdir=u,workdir=w m
getfacl -c m/f m/d
runuser -u user -- sh -c 'echo more >> m/f' 2>&1 | sed 's/.*: //'
echo top >> m/f
getfacl -c u/f
touch m/d/new
mkdir m/d/sub
getfacl -c m/d/new u/d/sub
setfacl -m g:bin:x m/f
getfacl -c m/f l/f
chmod g= m/f
getfacl -c u/f
setfacl -b m/f
getfacl -c m/f
ls -ld m/* u/* l/* | cut -c1-11
umount m
