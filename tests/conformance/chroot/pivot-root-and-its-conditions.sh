# chroot: pivot_root of a place that is no mount, is shared, is not below, or is the root itself
mkdir r; mount -t tmpfs r r; mkdir r/old r/sub
pivot_root r r/old; echo $?
unshare -m --propagation unchanged pivot_root r r/old
unshare -m sh -c 'mount --make-shared r; pivot_root r r/old'
unshare -m sh -c 'mount --make-shared /; pivot_root r r/old'
unshare -m sh -c 'pivot_root r/sub r/sub; pivot_root r /tmp; pivot_root /tmp /tmp; pivot_root / /; pivot_root /etc/passwd r; pivot_root none r; pivot_root r none; pivot_root r /etc/passwd; pivot_root "" r'
unshare -m sh -c 'cp /bin/busybox r; mkdir r/x; mount -t tmpfs x r/x; mkdir r/x/o; cd r; chroot . /busybox pivot_root x x/o; cd /; mount --bind r/x r/x; chroot r /busybox pivot_root /x /x'
unshare -m sh -c 'mount --make-slave r; pivot_root r r/old; echo $?'
unshare -m bash -c 'cd r; pivot_root . .; echo $?; /sub/none; umount -l .; echo $?; ls -A /'
pivot_root; pivot_root a; pivot_root a b c; pivot_root --foo a b
su user -c 'pivot_root /tmp /tmp; pivot_root /none /none'
