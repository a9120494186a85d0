# namespaces: a root of layers: overlay of a read-only base, bind mounts into it, pivot_root, the old root let go
mkdir -p base/{bin,proc,dev,old,data} up wk root share; cp /bin/busybox base/bin; for a in sh ls cat mount umount ps echo touch mkdir pivot_root; do ln -s busybox base/bin/$a; done; echo from the host > share/f
cat > go.sh <<'X'
mount --make-rprivate /; mount -t overlay ov -o lowerdir=base,upperdir=up,workdir=wk root; mount --bind share root/data; mount --bind -o ro share root/data; echo x > root/data/g; mount -t proc p root/proc; mount -t tmpfs -o mode=755 d root/dev; mknod -m 666 root/dev/null c 1 3
cd root; pivot_root . old; exec chroot . sh -c 'export PATH=/bin; umount -l /old; ls /; ls /old; ls -a /data; cat /data/f; echo $$; ps -o pid,args; echo new > /made; touch /data/h; umount /data; ls /data; cat /proc/mounts | while read a b c d; do echo $a $b $c; done; ls /proc/1/root/'
X
unshare -m -p -f -u --mount-proc sh go.sh; find up | sort; ls root; cat up/made; pivot_root root root/old; unshare -m sh -c 'cd root; pivot_root . old'; unshare -m sh -c 'mount --bind root root; cd root; pivot_root . nosuch; pivot_root . /tmp; mkdir -p old; pivot_root . old; echo $?'
