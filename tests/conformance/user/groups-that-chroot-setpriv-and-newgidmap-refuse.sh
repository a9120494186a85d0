# user: chroot --groups, setpriv --init-groups, newgidmap: what each says when it may not, or does not know
mkdir r; chroot --groups=x /; chroot --groups=5,x,y / true; echo $?; chroot --groups=, / true; echo $?; chroot --groups= / id -G
mkdir -p r/bin; cp /bin/busybox r/bin; chroot --groups=x,y r /bin/busybox true; echo $?; chroot --groups=root r /bin/busybox id; unshare -Ur chroot --groups= / id; echo $?
setpriv --reuid 1000 --regid 1000 --clear-groups setpriv --reuid user --regid user --init-groups true; echo $?
setpriv --reuid 1000 --regid 1000 --clear-groups setpriv --clear-groups true; echo $?
su user -c 'newgidmap $$ 0 0 1'; newgidmap 1 0 0 1; echo $?
umount /sys/kernel/security; setpriv --dump | grep -c AppArmor
