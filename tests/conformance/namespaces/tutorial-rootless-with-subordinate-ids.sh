# namespaces: a user builds a container with a range of ids, a file system of its own and no root
# user: 1
id -u; grep user /etc/subuid
unshare --user --map-root-user --map-auto --mount --pid --fork --mount-proc bash -c '
id; cat /proc/self/uid_map; echo $$
mkdir -p c/bin c/proc; cp /bin/busybox c/bin; mount -t tmpfs t c; ls c; mkdir -p c/bin c/proc c/home; cp /bin/busybox c/bin; touch c/home/a c/home/b; chown 1:1 c/home/a; chown 65536:5 c/home/b; ls -ln c/home
mount -t proc proc c/proc; chroot c /bin/busybox sh -c "busybox id; busybox mknod /dev b 1 1; busybox mount -t tmpfs x /home && busybox ls /home"'
ls -A; ls -ldn c
