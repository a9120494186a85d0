# chroot: --userspec, --groups, --skip-chdir, no command, and what each failure returns
mkdir j; cp /bin/busybox j; cd /tmp
b=/busybox; c() { chroot "$@"; echo "= $?"; }
c ~/j $b id; c --userspec=1000:1000 ~/j $b id; c --userspec=user ~/j $b id; c --userspec=:5 ~/j $b id; c --userspec=1000 ~/j $b id; c --groups=1,2,3 ~/j $b id; c --groups= ~/j $b id; c --groups=nosuch / id; c --userspec=nosuch / id; c --userspec=user / id
c; c none; c ~/j; c /etc/passwd; c / nosuch; c / /etc/passwd; c / false; c --skip-chdir / pwd; c --skip-chdir ~/j $b pwd; c ~/j $b pwd; c --foo / true; SHELL=/bin/true c /; SHELL=/nosuch c /
su user -c 'chroot / true; echo $?; unshare -r chroot / id -u'; chroot --version | head -1
