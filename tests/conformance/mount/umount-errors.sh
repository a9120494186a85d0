# mount: umount of what is not mounted, is not there, is not allowed; -R, -q, by source
mkdir d; umount d; echo "status $?"; umount nosuch; echo "status $?"; umount; echo "status $?"
umount -Q d; echo "status $?"; umount -q d; echo "status $?"; umount /; echo "status $?"; touch f
umount f; umount d nosuch; echo "status $?"
mount -t tmpfs one d; mount -t tmpfs two d; umount d; findmnt -no SOURCE d; umount one
findmnt d; echo "status $?"; mkdir -p r/a; mount -t tmpfs r r; mkdir r/a; mount -t tmpfs a r/a
umount -R r; echo "status $?"; findmnt -l | grep -c /root
su user -c 'umount /dev/shm'; echo "status $?"; umount -v -t nosuch d
umount --version | cut -d' ' -f1
