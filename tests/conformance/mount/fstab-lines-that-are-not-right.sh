# mount: lines with too few fields, unknown types, spaces as \040, nofail, several for one directory
mkdir 'a b' c; printf 'x\n' > t; mount -a -T t; echo "status $?"; printf 'one /root/c\n' > t; mount -a -T t
echo "status $?"; printf 'o\\040n /root/a\\040b tmpfs defaults 0 0\n' > t; mount -a -T t; echo "status $?"
findmnt -no SOURCE,TARGET 'a b'; umount 'a b'; printf 'x /root/c nosuchfs defaults 0 0\n' > t; mount -a -T t
echo "status $?"
printf '/dev/nosuch /root/c ext4 nofail 0 0\n' > t; mount -a -T t; echo "status $?"; mount -T t c
echo "status $?"; printf 'a /root/c tmpfs size=1m\nb /root/c tmpfs size=2m\n' > t; mount -T t c
findmnt -no SOURCE c; mount -T t b; findmnt -lno SOURCE c; umount c c
printf 'tmpfs relative tmpfs defaults 0 0\n' > t; mount -a -T t; echo "status $?"
findmnt --tab-file t --verify; echo "status $?"; printf 'swap none swap sw 0 0\n' > t; mount -av -T t
echo "status $?"
