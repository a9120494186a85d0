# userland: tar --acls: written, marked in listings, restored only when asked
touch a; setfacl -m u:5:rw a; mkdir d; setfacl -d -m u:6:r d; touch d/f plain
tar --acls -cf t.tar a d plain
tar -tvf t.tar | cut -c1-11; tar --acls -tvf t.tar | cut -c1-11; tar --acls -tvvf t.tar | cut -c1-50,67-
mkdir x y; tar -C x -xf t.tar; getfacl -cp x/a x/d; stat -c '%A %n' x/*
tar -C y --acls -xf t.tar; getfacl -cp y/a y/d y/d/f
tar -cf u.tar a; tar --acls -tvf u.tar | cut -c1-11
tar --acls --no-acls -cf v.tar a; tar --acls -tvf v.tar | cut -c1-11
tar --acls --xattrs --selinux -cf w.tar a; echo $?; tar --acls --selinux -tvf w.tar | cut -c1-11
su user -c 'mkdir /tmp/z; cd /tmp/z; tar --acls -xf /dev/stdin; getfacl -c a' < t.tar
