# overlay: the fields of mountinfo, the order of options as typed, relative paths as they were typed
mkdir -p l l2 u w m; cd m
mount -t overlay name -o workdir=../w,lowerdir=../l:/root/l2,noatime,upperdir=../u,nodev . ; cd ..
grep ' /root/m ' /proc/self/mountinfo | cut -d' ' -f4-; grep /root/m /proc/mounts
mount -t overlay | tail -1; findmnt -no SOURCE,FSTYPE,OPTIONS,PROPAGATION,FSROOT m
findmnt -J m -o SOURCE,FSTYPE,OPTIONS; findmnt -P m -o TARGET,OPTIONS; findmnt -n -t overlay -o FS-OPTIONS
stat -c '%m' m; mountpoint m; mountpoint -q l; echo "status $?"; lsblk 2>/dev/null | grep -c overlay
