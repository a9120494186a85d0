# chroot: in a root with nothing but busybox its shell runs applets without links
mkdir -p r/bin; cp /bin/busybox r/bin
chroot r busybox sh -c 'ls /; ls /bin; mkdir /proc; ls; echo "status $?"'
chroot r busybox sh -c 'echo x > /nosuch/a; read x < /nosuch; nosuch; echo "status $?"'
chroot r busybox sh -c 'ls /nosuch; rm /nosuch; touch /nosuch/a; rmdir /nosuch; mkdir /bin; true'
chroot r busybox ln -s busybox /bin/ls; chroot r ls /bin
chroot r busybox mount -t proc proc /nosuch; echo "status $?"
chroot r busybox mount -t proc proc /proc; chroot r busybox mount; chroot r busybox umount /proc
