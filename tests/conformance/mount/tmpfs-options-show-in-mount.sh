# mount: size, mode, uid, noexec, ro and how they are printed; source names are free
mkdir m; mount -t tmpfs -o size=10M,mode=700,uid=1000 anything m; mount | tail -1; stat -c '%a %U' m
df -h m | tail -1; umount m
mount -t tmpfs -o ro,noexec,nosuid,nodev none m; mount | tail -1; touch m/x; umount m
mount -t tmpfs -o noexec none m; cp /bin/true m; m/true; echo "status $?"; mount -o remount,exec m
m/true; echo "status $?"; mount -o remount,ro m; touch m/y; mount -o remount,rw,size=5M m
mount | tail -1
