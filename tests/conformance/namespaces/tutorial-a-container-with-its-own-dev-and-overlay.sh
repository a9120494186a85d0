# namespaces: a container by hand as an engine makes it: layers, a private tree, /dev, devpts, pivot_root, a clean environment
B=/srv/c; mkdir -p $B/{base,up,wk,root}; mkdir -p $B/base/{bin,proc,sys,dev,tmp,etc,old}; cp /bin/busybox $B/base/bin
for a in sh ls cat mount umount ps hostname id mkdir touch sleep kill pwd echo rm env mknod; do ln -s busybox $B/base/bin/$a; done
echo root:x:0:0:root:/:/bin/sh >$B/base/etc/passwd
mount -t overlay overlay -o lowerdir=$B/base,upperdir=$B/up,workdir=$B/wk $B/root
cat >/tmp/run.sh <<'X'
cd /srv/c/root; mount --make-rprivate /; mount --bind . .
mount -t proc proc proc; mount -t sysfs -o ro sysfs sys; mount -t tmpfs -o mode=755 tmpfs dev; mkdir dev/pts
mount -t devpts -o newinstance,ptmxmode=0666,mode=620 devpts dev/pts
for d in null zero full tty; do touch dev/$d; mount --bind /dev/$d dev/$d; done; ln -s pts/ptmx dev/ptmx; ln -s /proc/self/fd dev/fd
hostname ctr; cd $PWD; pivot_root . old; umount -l /old
exec env -i PATH=/bin HOME=/ /bin/sh -c 'hostname; id; ps; ls /; mount; touch /etc/made; rm /etc/passwd; cat /proc/self/cgroup; kill -9 1; cat /old/etc/passwd; echo >/sys/kernel/x; echo x >/dev/full'
X
unshare -m -u -i -p -n -C -f bash /tmp/run.sh; echo $?
find $B/up | sort; hostname; mount | grep -c /srv/c
