# chroot: pivot_root onto itself, by dots, over shared mounts, in a chroot, by a user
mkdir -p /mnt/n/old /mnt/x; cd /
T() { echo "-- $*"; unshare -m sh -c "$*" 2>&1; echo $?; }
T 'mount --bind /mnt/n /mnt/n; pivot_root /mnt/n /mnt/x'; T 'mount --bind /mnt/n /mnt/n; pivot_root /mnt/n /mnt/n/nope'
T 'mount --bind /mnt/n /mnt/n; mount --make-shared /mnt/n; pivot_root /mnt/n /mnt/n/old'; T 'mount --bind /mnt/n /mnt/n; mount --make-slave /; pivot_root /mnt/n /mnt/n/old; /old/bin/ls /'
T 'pivot_root / /'; T 'pivot_root . .'; T 'cd /mnt/n; mount --bind . .; pivot_root . .; cd /mnt/n; pivot_root . . && umount -l . ; /bin/ls /'
T 'mount --bind / /mnt/n; cd /mnt/n; pivot_root . mnt && umount -l mnt && cut -d" " -f1,2 /proc/self/mounts | head -2'
T 'mount --rbind / /mnt/n; cd /mnt/n; pivot_root . . && umount -l . && cut -d" " -f1,2 /proc/self/mounts | head -3'
T 'mount --bind / /mnt/n; chroot /mnt/n pivot_root / /mnt'; T 'mount --bind / /mnt/n; chroot /mnt/n sh -c "mount --bind /mnt /mnt; mkdir -p /mnt/o; pivot_root /mnt /mnt/o"'
su user -c 'pivot_root /mnt/n /mnt/n/old'
su user -c 'unshare -Urm sh -c "pivot_root /mnt/n /mnt/n/old; mount --bind /mnt/n /mnt/n; pivot_root /mnt/n /mnt/n/old; mount --rbind / /mnt/n; cd /mnt/n; pivot_root . mnt; umount /mnt; umount -l /mnt; umount -l /proc; ls /mnt"'
