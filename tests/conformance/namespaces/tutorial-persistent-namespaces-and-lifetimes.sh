# namespaces: where a namespace stays while nobody is in it
mkdir -p /run/ns; mount --bind /run/ns /run/ns; mount --make-private /run/ns; touch /run/ns/m /run/ns/u /run/ns/n
unshare --mount=/run/ns/m --uts=/run/ns/u --net=/run/ns/n sh -c 'hostname kept; mount -t tmpfs kept /mnt; echo data > /mnt/f'
cat /mnt/f; nsenter --mount=/run/ns/m cat /mnt/f; nsenter --mount=/run/ns/m --uts=/run/ns/u sh -c 'hostname; findmnt -n -o SOURCE /mnt'; nsenter --net=/run/ns/n grep -c : /proc/net/dev; lsns -t net -n -o NPROCS | wc -l
umount /run/ns/u; nsenter --mount=/run/ns/m --uts=/run/ns/u hostname; umount /run/ns/m; nsenter --mount=/run/ns/m true; umount /run/ns/n; umount /run/ns; ls /run/ns
