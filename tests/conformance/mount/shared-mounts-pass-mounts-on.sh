# mount: peers get each other's mounts; shared:N in mountinfo
mkdir s p; mount -t tmpfs s s; mount --make-shared s; mount --bind s p; mkdir s/x
mount -t tmpfs inner s/x; touch s/x/file; ls p/x; findmnt -no PROPAGATION,SOURCE p/x; umount p/x
findmnt s/x; echo "status $?"
s=$(grep ' /root/s ' /proc/self/mountinfo | grep -o shared:[0-9]*)
p=$(grep ' /root/p ' /proc/self/mountinfo | grep -o shared:[0-9]*)
[ -n "$s" ] && [ "$s" = "$p" ] && echo same peer group; findmnt -o TARGET,PROPAGATION s
mount --make-private p; mkdir s/y; mount -t tmpfs y s/y; findmnt p/y; echo "status $?"; umount -R s
mount --make-shared nosuch; mkdir plain; mount --make-shared plain; echo "status $?"
