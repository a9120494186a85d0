# mount: the newest of several on one directory is seen; order of findmnt; a hidden one below; the same source twice
mkdir d; touch d/zero; for i in one two three; do mount -t tmpfs $i d; touch d/$i; done; ls d
findmnt -no SOURCE d; findmnt -lno SOURCE | tail -3; grep -c ' /root/d ' /proc/self/mountinfo
df d | tail -1 | cut -d' ' -f1; umount d; ls d; cd d; mount -t tmpfs four /root/d; ls; ls /root/d
touch here; cd /root; ls d; umount four; ls d; umount two; echo "status $?"; ls d; umount d; ls d
mkdir d/in; mount -t tmpfs i d/in; mount -t tmpfs over d; ls d; umount d/in; echo "status $?"; umount i
echo "status $?"; findmnt -lno TARGET,SOURCE | tail -2; umount d d/in; echo "status $?"
