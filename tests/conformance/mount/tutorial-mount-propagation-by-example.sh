# mount: the four kinds of propagation shown with two directories and a replica
mkdir -p X Y; mount -t tmpfs disk X; mount --make-shared X; mount --bind X Y; grep -E "$PWD/(X|Y)" /proc/self/mountinfo | cut -d' ' -f4-7 | sed 's/shared:[0-9]*/shared:N/'
mkdir X/a; mount -t tmpfs a X/a; findmnt -R -n -l -o TARGET Y; umount Y/a; findmnt -R -n -l -o TARGET X
mount --make-slave Y; mount -t tmpfs a X/a; mkdir X/b; mount -t tmpfs b Y/b; findmnt -R -n -l -o TARGET,PROPAGATION X Y; findmnt -R -n -l -o TARGET,PROPAGATION X;findmnt -R -n -l -o TARGET,PROPAGATION Y; umount X/a; mountpoint Y/a; mount --make-private Y; mount -t tmpfs a X/a; mountpoint Y/a; umount X/a Y/b
mount --make-unbindable X; mkdir Z; mount --bind X Z; mount --rbind X Z; echo $?; mount --make-shared Y; unshare -m --propagation unchanged sh -c 'mount -t tmpfs n Y/a'; mountpoint Y/a; unshare -m sh -c 'mount -t tmpfs n Y/b'; mountpoint Y/b
