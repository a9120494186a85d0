# chroot: processes, host name, mounts, root's powers are the same; /proc inside
mkdir -p r/bin r/proc r/dev; cp /bin/busybox r/bin; sleep 55 & p=$!
chroot r /bin/busybox kill -0 $p; echo "status $?"; chroot r /bin/busybox hostname
mount -t proc proc r/proc; chroot r /bin/busybox readlink /proc/self/root
chroot r /bin/busybox readlink /proc/self/exe; readlink /proc/self/root
chroot r /bin/busybox sleep 56 & sleep 0.5; readlink /proc/$!/root /proc/$!/cwd /proc/$!/exe
chroot r /bin/busybox cat /proc/mounts; chroot r /bin/busybox grep -c . /proc/self/mountinfo
chroot r /bin/busybox mknod /dev/null c 1 3
chroot r /bin/busybox sh -c '
	echo x > /dev/null; ls -l /dev/null | cut -c1-10; ps | grep -c "sleep 5[5]"'
chroot r /bin/busybox kill $p; wait $p; echo "status $?"; readlink /proc/$$/ns/mnt
chroot r /bin/busybox readlink /proc/self/ns/mnt; kill %2
