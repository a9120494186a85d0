# userland: busybox without an applet, with a wrong name or option, under other names
busybox nope; echo $?
busybox --nope; echo $?
busybox | head -1; busybox busybox nope; echo $?
busybox mkdir 2>&1 | head -5; busybox cat -z 2>&1 | head -4
busybox chroot --nope; echo $?
busybox sleep x; echo $?
busybox chown nobodyx /etc/passwd; echo $?
busybox find /etc/hostname -delete 2>&1 | head -4; ls /etc/hostname
mkdir bin; ln -s /bin/busybox bin/cat; ln -s /bin/busybox bin/busybox-x
echo hi | bin/cat; bin/cat nope; echo $?
bin/busybox-x ls -d /
