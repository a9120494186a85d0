# mount: --bind, --move and --make-* with a single place
mkdir a b; mount -t tmpfs t a; mount --bind a; echo "status $?"; mount --rbind b; echo "status $?"
mount --move a
echo "status $?"; mount -o move a; echo "status $?"; mount --make-private b; echo "status $?"
mount --make-private a
echo "status $?"; mount --make-shared nosuch; echo "status $?"; mount --make-private --make-shared a
echo "status $?"
findmnt -no PROPAGATION a; mount --make-rslave a b; echo "status $?"; mount --move a b; echo "status $?"
umount -vA a
umount -vA a; echo "status $?"; umount -R a; echo "status $?"; umount -A nosuch; echo "status $?"
