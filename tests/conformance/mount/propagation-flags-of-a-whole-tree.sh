# mount: --make-rprivate and others change what hangs below too, --make-private only the one
mkdir -p a; mount -t tmpfs t a; mkdir a/b; mount -t tmpfs u a/b; mkdir a/b/c; mount -t tmpfs v a/b/c
p() { findmnt -Rno TARGET,PROPAGATION a; }; mount --make-private a; p; mount --make-rshared a; p
mount --make-rslave a/b; p
mount --make-runbindable a; p; mount --rbind a /mnt; echo "status $?"; mount --make-rprivate a
mount --make-unbindable a/b
mount --rbind a /mnt; findmnt -Rno TARGET /mnt; umount -R /mnt; umount -R a; findmnt a; echo "status $?"
