# user: root of a user namespace against what the first one owns
chmod 755 /root
su user -c 'unshare -Ur bash -c "
touch /tmp/f; chown 1 /tmp/f; chgrp 1 /tmp/f; chown 0:0 /tmp/f; echo \$?
mknod /tmp/c c 1 3; mknod /tmp/p p; echo \$?; mknod /tmp/w c 0 0; echo \$?
hostname foo; sysctl -w kernel.hostname=foo; date -s 2020-01-01 > /dev/null; nice -n -5 true
mount -t tmpfs t /mnt; umount /proc; chroot / true; echo \$?
cat /etc/shadow; kill -0 1; renice -n -5 \$\$; dmesg | head -1
echo 1 > /proc/sys/kernel/panic; echo -500 > /proc/self/oom_score_adj; ulimit -n 1048577
mkdir /root/x; rm /etc/passwd; chmod u+s /tmp/f; ls -ln /tmp/f; setpriv --reuid 1 true; setpriv --regid 1 true; insmod x"'
