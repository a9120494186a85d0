# mount: LABEL=, UUID=, PARTUUID=, -L and -U of what no device has
mkdir d; mount LABEL=nosuch d; echo "status $?"; mount -L nosuch d; echo "status $?"
mount UUID=00000000-0000-0000-0000-000000000000 d; echo "status $?"; mount -U 1234 d; echo "status $?"
mount PARTUUID=1 d; echo "status $?"; mount PARTLABEL=x d; echo "status $?"; mount ID=x d; echo "status $?"
mount -t tmpfs LABEL=tmp d; echo "status $?"; findmnt -no SOURCE d; mount LABEL=x; echo "status $?"
mount -L x; echo "status $?"; umount LABEL=x; echo "status $?"; umount d; mount --source LABEL=x --target d
echo "status $?"; findmnt LABEL=x; echo "status $?"
