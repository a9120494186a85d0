# userland: a root file system with a few links to busybox, without /proc and with it
mkdir -p rootfs/bin rootfs/proc rootfs/etc rootfs/tmp
cp /bin/busybox rootfs/bin/
for name in sh ls ps mount umount cat echo mkdir; do ln -s busybox rootfs/bin/$name; done
chroot rootfs /bin/sh -c 'echo hello; pwd; ls /; ls -l /bin/sh | cut -c1-10; id; whoami'; echo $?
chroot rootfs sh -c 'cat /etc/passwd; ps; mount'; echo $?
chroot rootfs sh -c 'grep root /etc/nope'; echo $?
chroot rootfs sh -c 'mkdir /a/b; mkdir -p /a/b && ls -R /a; which ls; which nope; echo $?'
chroot rootfs sh -c 'echo root:x:0:0:root:/root:/bin/sh > /etc/passwd; whoami; id; type ls; type cd; type nope'
unshare -mpf --mount-proc=rootfs/proc chroot rootfs sh -c 'ps -o pid,comm,args; echo $$; echo a b | wc -w; mount; kill -9 $$'; echo $?
unshare -mu --fork chroot rootfs sh -c 'mount -t proc none /proc; hostname box; hostname; umount /proc; umount /proc'; echo $?
chroot rootfs sh <<'X'
for i in a b c; do echo $i; done
cd /nope
cd /tmp && pwd
echo hi > f; cat f; rm f; rm f
nope
X
echo $?
chroot rootfs </dev/null; echo $?
chroot rootfs /bin/busybox --install -s /tmp; ls rootfs/tmp | grep -c .  | sed 's/.*/installed/'; ls -l rootfs/tmp/ls | sed 's/.* //'
