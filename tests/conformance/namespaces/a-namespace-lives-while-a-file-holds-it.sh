# namespaces: bind mount of /proc/PID/ns/uts, unshare --uts=FILE, nsenter afterwards
touch u; unshare --uts=u hostname kept; nsenter --uts=u hostname; hostname; findmnt -no FSTYPE u
stat -fc %T u; lsns -t uts -no NPROCS,PATH | grep -v /proc/1/ | head -1; umount u
nsenter --uts=u hostname; echo "status $?"; touch m
unshare --mount=m true 2>&1 | sed 's/[0-9][0-9]*/PID/'; mkdir d; mount --bind d d
mount --make-private d; touch d/m; unshare --mount=d/m mount -t tmpfs inside /mnt
nsenter --mount=d/m findmnt -no SOURCE /mnt; findmnt /mnt; echo "status $?"
exec 3< /proc/self/ns/uts; nsenter --uts=/proc/self/fd/3 hostname
unshare --uts=nosuch true 2>&1 | sed 's/[0-9][0-9]*/PID/'
