# mount: --bind leaves the mounts below behind, --rbind takes them, umount -R takes them away
mkdir -p a/x b c; mount -t tmpfs t a; mkdir a/x a/y; mount -t tmpfs x a/x; touch a/f a/x/g; mount --bind a b
ls b b/x
mount --rbind a c; ls c c/x; findmnt -Rno TARGET c; umount c; echo "status $?"; umount -R c
echo "status $?"; ls a/x
mount -t tmpfs y a/y; ls b; findmnt -no TARGET b/y; umount b/y; findmnt a/y; umount b a/x a
echo "status $?"; mount | grep -c /root
