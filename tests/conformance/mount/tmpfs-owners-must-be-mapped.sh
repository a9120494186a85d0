# mount: uid= and gid= of tmpfs are ids of the user namespace of who mounts
mkdir a
unshare -Urm mount -t tmpfs -o uid=5 t a; echo $?; unshare -Urm mount -t tmpfs -o gid=5 t a; echo $?
unshare -Urm sh -c 'mount -t tmpfs -o uid=0,gid=0 t a; stat -c %u:%g a; mount -o remount,uid=7 a; echo $?; grep " t " /proc/mounts'
unshare -m --map-users=0,100000,10 --map-groups=0,100000,10 -S 0 -G 0 sh -c 'mount -t tmpfs -o uid=5,gid=6 t a; stat -c %u:%g a; tail -1 /proc/mounts'
mount -t tmpfs -o uid=5,gid=6 t a; tail -1 /proc/mounts | cut -d' ' -f2-; mount -t tmpfs -o uid=4294967295 t a; echo $?
