# mount: umount of a source, of several places, -A of all places, -R below a directory, of the same one twice
mkdir -p a b c d/e; mount -t tmpfs src a; mount --bind a b; mount --bind a c; umount src; echo "status $?"
findmnt -lno TARGET -S src; umount -A a; echo "status $?"; findmnt -S src; echo "status $?"
mount -t tmpfs one d; mkdir d/e d/g; mount -t tmpfs two d/e; mount -t tmpfs three d/g; umount d
echo "status $?"; umount -Rv d; echo "status $?"; mount -t tmpfs x a; mount -t tmpfs y a; umount a a
echo "status $?"; findmnt a; mount -t tmpfs x a; mount -t tmpfs x b; umount x; echo "status $?"
findmnt -lno TARGET -S x; umount -v x; umount a/; echo "status $?"; umount ./a; echo "status $?"; cd b
mount -t tmpfs z /root/b; umount .; echo "status $?"; umount -A nosuch; umount -R nosuch; echo "status $?"
