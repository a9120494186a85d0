# mount: mount -t with one type, a list, a negated list, unknown types; mount -l
mkdir a b; mount -t tmpfs one a; mount -t ramfs two b; mount -t ramfs; mount -t tmpfs | grep root
mount -t ramfs,tmpfs | grep -c /root; mount -t notmpfs | grep /root; mount -t noramfs,tmpfs | grep -c /root
mount -t nosuch; echo "status $?"; mount -l -t ramfs; mount -t overlay; echo "status $?"
mount -l extra; echo "status $?"; mount -t ext4
mount -t noproc,notmpfs,noramfs,nosysfs | cut -d' ' -f5 | sort -u | head -3
