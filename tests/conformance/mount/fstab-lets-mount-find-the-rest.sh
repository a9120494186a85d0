# mount: mount DIR and mount -a read /etc/fstab; noauto, user, comments, bad lines
mkdir a b c; cat >> /etc/fstab <<'END'
# comment
atmp /root/a tmpfs size=1M,mode=755 0 0
btmp /root/b tmpfs noauto,ro 0 0
END
mount a; findmnt -no SOURCE,OPTIONS a; mount -a; findmnt b; echo "status $?"; mount btmp; findmnt -no SOURCE,OPTIONS /root/b; umount /root/a b; mount -a -v | grep root/; mount c; echo "status $?"; su user -c 'mount /root/b'; echo "status $?"; findmnt -s -no TARGET; umount a
