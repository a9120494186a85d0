# chroot: /bin/busybox runs alone, by its applets' names, links or the shell's own
mkdir -p r/bin; cp /bin/busybox r/bin; ldd /bin/busybox; echo "status $?"
chroot r /bin/busybox echo hi; ln -s busybox r/bin/sh; ln -s busybox r/bin/ls
chroot r ls -l / | awk '{print $1, $NF}'
chroot r /bin/sh -c 'echo $0; pwd; ls; id; whoami; ps; hostname'; chroot r cat; echo "status $?"
chroot r /bin/busybox nosuch; echo "status $?"; chroot r /bin/busybox cat nosuch; echo "status $?"
/bin/busybox | head -1 | cut -d' ' -f1; ln -s /bin/busybox r/bin/abs; chroot r abs echo x
ln -s busybox r/bin/echo; chroot r echo y
busybox sh -c 'echo $((1+2)); ls /nosuch; cd /nosuch; nosuch; exit 4'; echo "status $?"
