# mount: peer groups, masters and propagate_from as four mounts see each other
mkdir a b c d; mount -t tmpfs t a; mount --make-private a; mkdir a/x a/y
mount --make-shared a; mount --bind a b; mount --make-slave b; mount --bind b c; mount --make-shared c; mount --bind c d
f() { grep " $PWD" /proc/self/mountinfo | cut -d' ' -f5- | sed 's/ - .*//'; echo; }
f; mount -t tmpfs u a/x; f; mount -t tmpfs w d/y; f; umount a/x; f; mount --make-private a; f; mount --make-rslave c; f; mount --make-unbindable a; f; mount --bind a b; mount --rbind a b; mount --make-shared b; f; mount --make-private d; f
unshare -m --propagation unchanged sh -c "grep ' $PWD' /proc/self/mountinfo | cut -d' ' -f5-7"; unshare -m --propagation slave sh -c "grep ' $PWD' /proc/self/mountinfo | cut -d' ' -f5-7"
mkdir r; chmod 755 r; cp /bin/busybox r; mount --bind r r; mount --make-shared r; mkdir r/p r/q; mount -t proc p r/p; mount --make-slave r; chroot r /busybox grep -E ' / | /p ' /p/self/mountinfo | cut -d' ' -f5-8
umount -R a; umount b; umount b; f
