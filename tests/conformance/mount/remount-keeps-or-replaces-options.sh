# mount: remount of a directory keeps the old options, of source and directory takes those given; not mounted; by fstab
mkdir d e; mount -t tmpfs -o size=1m,noexec,nosuid x d; mount -o remount,size=2m d; findmnt -no OPTIONS d
mount -o remount,exec d; findmnt -no OPTIONS d; mount -o remount,ro x d; findmnt -no OPTIONS d
mount -o remount d; findmnt -no OPTIONS d; mount -o remount,rw,size=10% d
findmnt -no OPTIONS d | sed 's/size=[0-9]*k/size=N/'; mount -o remount,size=1 d; findmnt -no OPTIONS d
head -c 8192 /dev/zero > d/f; mount -o remount,size=8k d; findmnt -no OPTIONS d; mount -o remount,size=4k d
echo "status $?"; mount -o remount,nr_inodes=1 d; echo "status $?"; mount -o remount,mode=700,uid=5 d
stat -c '%a %u' d
mount -o remount e; echo "status $?"; mount -o remount,ro e; echo "status $?"; mount -o remount nosuch
echo "status $?"; mount -o remount,foo d; echo "status $?"; mount -o remount,ro -t tmpfs d; echo "status $?"
mount -o remount,rw -a -t tmpfs > /dev/null 2>&1; echo "status $?"
dmesg | tail -3 | grep tmpfs | sed 's/^\[[^]]*\] //'
