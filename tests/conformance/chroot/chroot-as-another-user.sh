# chroot: --userspec and --groups
chroot --userspec=1000 / id
chroot --userspec=1000:5 / id
chroot --userspec=user / id
chroot --userspec=:5 / id
chroot --userspec=1234 / id; echo "status $?"
chroot --userspec=1234:5 / id
chroot --groups=5,6 / id
chroot --groups=tty / id
mkdir -p r/bin; cp /bin/busybox r/bin
chroot --userspec=1000 r busybox id
chroot --userspec=user r busybox id; echo "status $?"
