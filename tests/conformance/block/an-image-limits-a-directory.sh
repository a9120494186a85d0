# block: an image as the quota of a directory and as the disk of a container
dd if=/dev/zero of=box.img bs=1M count=4 status=none; mkfs.ext4 -qF -m 0 box.img; mkdir box; mount -o loop box.img box
mkdir -p box/rootfs/bin box/rootfs/proc; cp /usr/bin/busybox box/rootfs/bin/ 2>&1; for i in sh ls echo cat; do ln -s busybox box/rootfs/bin/$i; done
unshare -m -p -f sh -c 'mount -t proc proc box/rootfs/proc; chroot box/rootfs sh -c "echo \$\$; ls /; cat /proc/mounts | tail -2"'
dd if=/dev/zero of=box/fill bs=1M count=10 2>&1 | head -1
rm box/fill
mkdir view; mount --bind box/rootfs view; ls view; findmnt -n -o SOURCE,FSROOT view
umount box; echo $?; umount view; umount box; echo $?
