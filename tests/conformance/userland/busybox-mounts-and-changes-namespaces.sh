# userland: mount, umount, unshare, nsenter, chroot, switch_root and pivot_root of busybox, right and wrong
mkdir -p nr/bin nr/old nr/proc; cp /bin/busybox nr/bin; ln -s busybox nr/bin/sh
b() { busybox "$@" 2>&1 | head -4; echo "=${PIPESTATUS[0]}"; }
b nsenter -t $$ -m -- echo ok; b nsenter --target $$ --uts hostname; b nsenter -t x -m; b nsenter -t 99999 -m; b nsenter -t 1 -m -- sh -c 'exit 3'
b unshare -U id -u; b unshare -Ur id -un; b unshare --mount-proc -pf busybox ps -o pid,args; b unshare -u busybox hostname x; hostname
b unshare -m --propagation slave true; b unshare -m --propagation nope true; b unshare nope; b unshare -m sh -c 'exit 4'
b chroot nr sh -c 'unshare -p -f sh -c "echo \$\$"'; b chroot nr nope; b chroot nope; b chroot / sh -c 'exit 5'
b switch_root /nope /bin/sh; b switch_root nr /bin/sh; b switch_root nr; b pivot_root a b; b pivot_root a
unshare -m sh -c 'mount --bind nr nr; cd nr; busybox pivot_root . old; /bin/busybox chroot . /bin/sh -c "ls /; busybox umount -l /old; ls /old"'; echo $?
b mount -t tmpfs tmpfs /mnt; b umount /mnt; b umount /mnt; b mount --bind /etc /mnt; ls -d /mnt/passwd; b umount /mnt; b umount -l /nope; b umount
b mount /dev/nope /mnt; b mount -t proc proc /nope; b mount -t nope none /mnt; b mount -t overlay overlay -o lowerdir=/etc /mnt
b mount -t overlay overlay -o lowerdir=/nope,upperdir=/x,workdir=/y /mnt; b mount nope; b mount -o remount,ro /nope; b mount --make-rprivate /
b mount -t tmpfs -o size=1m,ro small /mnt; mount | tail -1; busybox mount | tail -1; touch /mnt/x; b umount /mnt
su user -c 'busybox mount -t tmpfs x /mnt; echo $?; busybox umount /; echo $?; busybox unshare -m true; echo $?; busybox chroot / true; echo $?'
su user -c 'busybox hostname x; echo $?; busybox nsenter -t 1 -m true; echo $?; busybox kill 1; echo $?; busybox cat /etc/shadow; echo $?'
su user -c 'busybox ls /root; busybox sh -c "cd /root"; busybox sysctl -w kernel.hostname=x; busybox chown root /home/user; echo $?'
