# mount: /proc/self/mountinfo: root, mount point, options, propagation, type, source
mkdir -p m/d b; mount -t tmpfs -o size=64k,noatime fresh m; mkdir m/d; mount --bind m/d b
mount --make-private b
i() { cut -d' ' -f4- /proc/self/mountinfo | sed 's/shared:[0-9]*/shared:N/'; }; i | tail -2
tail -1 /proc/mounts; mount --bind /proc/self/ns/uts /root/b 2>&1; touch n
mount --bind /proc/self/ns/uts n; i | tail -1; umount n; mount -o remount,ro,bind b; i | tail -1
mkdir 'with space'; mount -t tmpfs s 'with space'; tail -1 /proc/mounts; rmdir m/d; umount b
rmdir m/d
