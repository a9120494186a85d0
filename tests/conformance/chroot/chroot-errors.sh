# chroot: missing directory, not a directory, missing program, no privilege, --userspec, --skip-chdir
mkdir -p r/bin; cp /bin/busybox r/bin; chroot nosuch; echo "status $?"
chroot /etc/passwd; echo "status $?"; chroot; echo "status $?"; chroot r; echo "status $?"
chroot r nosuch; echo "status $?"; chroot r /bin; echo "status $?"
chroot r /bin/busybox false; echo "status $?"; chroot --nosuch r; echo "status $?"
chroot --userspec=1000:1000 r /bin/busybox id; chroot --userspec=user / id
chroot --userspec=nosuch / id; echo "status $?"; chroot --groups=5 / id -G; cd /tmp
chroot --skip-chdir / pwd; chroot / pwd
chroot --skip-chdir /root/r /bin/busybox true; echo "status $?"
su user -c 'chroot /tmp /bin/ls'; echo "status $?"; SHELL=/bin/false chroot /; echo "status $?"
