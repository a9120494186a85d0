# mount: -a with several lines, noauto, what is mounted already, failing lines and statuses 32 and 64, -v
mkdir a b c; cat > t <<F
one /root/a tmpfs size=1m 0 0
two /root/b tmpfs noauto 0 0
# a remark
three /root/nosuch tmpfs defaults 0 0

four /root/c tmpfs ro,nofail
F
mount -a -T t; echo "status $?"; findmnt -lno SOURCE,TARGET,OPTIONS -t tmpfs | grep root/; mount -av -T t
echo "status $?"; umount a c
mount -a -T t -O ro; echo "status $?"; mountpoint -q a || echo "not a"; mount -a -T t -t ext4
echo "status $?"; mount -a -T t -t nosuch,tmpfs; echo "status $?"
mount -T t b; findmnt -no OPTIONS b; mount -T t three; echo "status $?"; umount b; mount -T t two -o size=2m
findmnt -no OPTIONS b; grep -v three t > t2; umount a b c; mount -a -T t2; echo "status $?"
grep three t > t3; mount -a -T t3; echo "status $?"; mount -a -T nosuch; echo "status $?"; : > t4
mount -a -T t4; echo "status $?"
