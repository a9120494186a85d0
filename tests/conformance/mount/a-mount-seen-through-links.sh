# mount: symbolic links as mount points, relative paths, paths with .., the trailing slash
mkdir -p real x/y; ln -s real link; mount -t tmpfs t link; findmnt -no TARGET real; mountpoint link
umount link; echo "status $?"; cd x; mount -t tmpfs u ../real; findmnt -no TARGET /root/real
umount ./../real/; mount -t tmpfs v y/; cd y; cd ..; umount y; mount -t tmpfs w .; ls | wc -l
ls /root/x | wc -l; touch here; cd /root/x; ls; umount /root/x; echo "status $?"; cd ..; umount x
ls x x/y; ln -s nosuch dang; mount -t tmpfs t dang; echo "status $?"
