# mount: what is written in one place shows in all; device numbers, st_dev, df of each, umount of one
mkdir -p a b c; mount -t tmpfs -o size=1m t a; mkdir a/d; mount --bind a b; mount --bind a/d c; echo x > c/f
cat a/d/f b/d/f
[ $(stat -c %d a) = $(stat -c %d b) ] && echo "one device"; [ a/d -ef c ] && echo same
findmnt -no SOURCE,FSROOT b c a
findmnt -no SOURCE,FSROOT c; mv a/d a/e; findmnt -no SOURCE c; ls c; rm -r a/e; echo "status $?"; ls b c
touch c/new
findmnt -no SOURCE c; umount a; ls b; mountpoint b; umount b; ls c; umount c; echo "status $?"
mount -t tmpfs t a; ls a
