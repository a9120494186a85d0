# mount: what shared, slave and private mounts pass on, seen in a second mount namespace and in bind mounts
mkdir -p a b c d; mount -t tmpfs t a; mkdir a/x a/y a/z; mount --bind a b; mount --bind a c
mount --make-slave c; mount --bind a d; mount --make-private d
findmnt -no TARGET,PROPAGATION a b c d 2>/dev/null; for i in a b c d; do findmnt -no TARGET,PROPAGATION $i
done; mount -t tmpfs x a/x; for i in a b c d; do mountpoint -q $i/x && echo $i; done
mount -t tmpfs y c/y; for i in a b c d; do mountpoint -q $i/y && echo $i; done; mount -t tmpfs z b/z
umount a/z; for i in a b c d; do mountpoint -q $i/z && echo $i; done
grep /root/ /proc/self/mountinfo | cut -d' ' -f5,7- | sed 's/shared:[0-9]*/shared:N/; s/master:[0-9]*/master:N/'
mount --make-shared c; grep ' /root/c ' /proc/self/mountinfo | cut -d' ' -f7-8 | sed 's/[0-9][0-9]*/N/g'
mount --make-private c; findmnt -no PROPAGATION c; mount --make-unbindable d; mount --bind d b
echo "status $?"; findmnt -no PROPAGATION d
