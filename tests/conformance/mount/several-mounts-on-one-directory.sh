# mount: the last one is seen; umount takes it off; a mount below a hidden one
mkdir d; for i in 1 2 3; do mount -t tmpfs t$i d; touch d/in$i; done; ls d; mount | grep -c root/d
findmnt -no SOURCE d; df d | tail -1 | cut -d' ' -f1; umount d; ls d; umount d; ls d; mkdir d/sub
mount -t tmpfs s d/sub; mount -t tmpfs top d; ls d; findmnt -o TARGET,SOURCE -R d
umount d/sub; echo "status $?"; umount d; umount d/sub d; mount | grep -c root/d
