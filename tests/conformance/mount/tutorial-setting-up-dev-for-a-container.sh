# mount: a /dev of one's own with null, zero, pts and shm, as runtimes make it
mkdir -p r/dev; mount -t tmpfs -o mode=755,nosuid,size=64k dev r/dev; for n in 'null c 1 3' 'zero c 1 5' 'full c 1 7' 'tty c 5 0'; do mknod -m 666 r/dev/$n; done; mkdir r/dev/pts r/dev/shm r/dev/mqueue
mount -t devpts -o newinstance,ptmxmode=0666,mode=0620,gid=5 devpts r/dev/pts; mount -t tmpfs -o nosuid,noexec,nodev,mode=1777 shm r/dev/shm; mount -t mqueue mqueue r/dev/mqueue; ln -s pts/ptmx r/dev/ptmx; ln -s /proc/self/fd r/dev/fd
ls -l r/dev | awk '{print $1, $NF}' | sed 1d; findmnt -R -n -o TARGET,FSTYPE,OPTIONS r/dev | tr -s ' '; ls r/dev/pts; echo x > r/dev/null; head -c 3 r/dev/zero | od -An -tx1; echo x > r/dev/full; stat -c '%a %F' r/dev/shm
unshare -Urm sh -c 'mount -t tmpfs t /mnt; mknod /mnt/null c 1 3; touch /mnt/null; mount --bind /dev/null /mnt/null; echo x > /mnt/null; echo $?; cat /mnt/null'; umount r/dev; umount -R r/dev; ls r/dev
