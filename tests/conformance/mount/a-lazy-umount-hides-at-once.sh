# mount: umount -l of a busy mount; its files go on; a new mount on the same directory; -l of a tree
mkdir -p d; mount -t tmpfs t d; echo x > d/f; exec 3< d/f; cd d; umount -l .; echo "status $?"; ls; pwd
cat <&3; touch new; ls; cd /root; ls d; findmnt d; cd -; echo "status $?"; exec 3<&-; mount -t tmpfs t2 d
mkdir d/in; mount -t tmpfs t3 d/in; cd d/in; touch y; umount -l /root/d; findmnt -S t3; ls; cd ..; ls
cd /root; umount -l d; echo "status $?"; umount -l nosuch; echo "status $?"; mount -t tmpfs t d
sleep 60 > d/out & umount d; echo "status $?"; fuser -m d 2>/dev/null | wc -w; umount -r d; echo "status $?"
umount -f d; echo "status $?"; kill $!; wait 2>/dev/null; umount d; echo "status $?"
