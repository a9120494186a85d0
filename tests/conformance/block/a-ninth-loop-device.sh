# block: when all eight are in use, a further device is made
truncate -s 1M f
for i in 1 2 3 4 5 6 7 8 9; do losetup -f --show f; done
losetup -f; ls -l /dev/loop8 | awk '{print $1, $3, $4, $5, $6}'; ls /sys/block | tr '\n' ' '; echo
losetup -l -n -O NAME,BACK-FILE | wc -l; losetup -j f -n -O NAME | tail -2
losetup -D; losetup -a; ls /dev/loop*
losetup /dev/loop20 f; echo $?; ls /sys/block | tr '\n' ' '; losetup -D
