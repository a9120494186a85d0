# overlay: layers whose names need escapes, and how /proc/mounts, mountinfo, mount and findmnt spell them
mkdir 'l:1' 'u,2' 'w 3' 'm 4' 'b\5'; echo low > 'l:1/a'; echo back > 'b\5/b'
mount -t overlay 'a source' -o 'lowerdir=l\:1:b\\5,upperdir=u\,2,workdir=w 3' 'm 4'; echo "status $?"
ls 'm 4'; echo up > 'm 4/c'; ls 'u,2'
grep overlay /proc/mounts; grep overlay /proc/self/mountinfo | cut -d' ' -f4-
mount | grep overlay; findmnt -t overlay -no SOURCE,TARGET,OPTIONS; findmnt -rt overlay -no SOURCE,TARGET
umount 'm 4'; echo "status $?"
mount -t overlay overlay -o 'lowerdir=l:1,upperdir=u\,2,workdir=w 3' 'm 4'; echo "status $?"
mount -t overlay overlay -o 'lowerdir=l\:1,upperdir=u,2,workdir=w 3' 'm 4'; echo "status $?"
dmesg | grep overlayfs | tail -2 | sed 's/^\[[^]]*\] //'
