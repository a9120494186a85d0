# mount: a file bound on a file, a deleted source, a directory on itself, below itself, onto a link
mkdir -p d/e; echo one > f; echo two > g; mount --bind f g; cat g; echo more >> g; cat f; rm g
echo "status $?"; rm f; cat g
findmnt -no SOURCE,TARGET g; grep /root/g /proc/self/mountinfo | cut -d' ' -f4-5; umount g; cat g
mount --bind d d
mountpoint d; touch d/x; mount --bind d d/e; ls d/e; mount --bind d/e d; echo "status $?"; umount d
umount d/e d; ln -s d l
mount --bind /etc l; findmnt -no TARGET d; ls l/hostname; umount l; echo "status $?"; findmnt d
mount --bind /dev/null g; cat g; ls -l g | cut -c1
