# userland: tar --xattrs with patterns, when it writes and when it reads
touch f; setfattr -n user.a -v 1 f; setfattr -n user.bin -v 0x00ff0a f; setfattr -n trusted.t -v x f
tar --xattrs -cf a.tar f; tar --xattrs -tvvf a.tar | grep x:; tar --xattrs-include='*' -tvvf a.tar | grep x:
tar --xattrs-include='user.b*' -cf b.tar f; tar --xattrs-include='*' -tvvf b.tar | grep x:
tar --xattrs --xattrs-exclude='user.*' -cf c.tar f; tar --xattrs-include='*' -tvvf c.tar | grep x:
tar --xattrs --no-xattrs -cf d.tar f; tar --xattrs-include='*' -tvvf d.tar | grep x:
mkdir 1 2 3 4; tar -C 1 -xf a.tar; getfattr -d -m - 1/f; echo
tar -C 2 --xattrs -xf a.tar; getfattr -d -m - 2/f
tar -C 3 --xattrs-include='*' -xf a.tar; getfattr -d -m - 3/f
tar -C 4 --xattrs --xattrs-exclude='user.a' -xf a.tar; getfattr -d -m - 4/f
tar --format=gnu --xattrs -cf e.tar f; echo $?; tar --xattrs -tvf e.tar | cut -c1-11
