# namespaces: a root file system by hand, all namespaces, pivot_root, and a look around from inside
mkdir -p box/bin box/proc box/old box/etc box/tmp; cp /bin/busybox box/bin; for it in sh ls ps mount umount hostname cat id echo mkdir; do ln -s busybox box/bin/$it; done; echo box > box/etc/hostname
unshare --mount --uts --ipc --net --pid --cgroup --fork bash -c '
mount --bind box box; cd box; pivot_root . old; cd /
/bin/mount -t proc proc /proc; /bin/umount -l /old; /bin/hostname box
exec /bin/sh -c "hostname; ps -o pid,args; ls /; ls /old; cat /proc/mounts | cut -d\" \" -f2,3; id -u; echo \$\$; cat /etc/hostname; mkdir /tmp/x; exit 3"'
echo $?; hostname; ls box/old box/tmp; grep -c box /proc/mounts
