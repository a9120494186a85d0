# userland: tar: argp's status 64, explicit and wrong filters, ustar and v7 limits, -O and - with -v
t() { "$@"; echo "[$?]"; }
mkdir d; echo hi > d/a; ln d/a d/b
t tar --nosuch; t tar -Q; t tar xyf a.tar; t tar --extract --file; t tar -z; t tar cxf a.tar; t tar cf; t tar
tar cf a.tar d; tar czf a.tgz d; t tar xjf a.tgz; t tar tzf a.tar; t tar tf a.tgz
tar cvf - d/a | wc -c; tar xvOf a.tar d/a; mknod d/n c 0 0; t tar -H v7 -cf v.tar d; t tar --format=foo -cf q.tar d
n=$(printf 'n%.0s' {1..120}); mkdir $n; echo x > $n/$n; t tar --format=ustar -cf u.tar $n; t tar tf u.tar
head -c 1500 a.tar > t.tar; t tar tf t.tar; (head -c 1024 a.tar; seq 1000) > b.tar; t tar tf b.tar
t tar cf h.tar ../root/d; setfattr -n user.k -v val d/a; tar --xattrs -cf x.tar d/a; t tar --xattrs -tvvf x.tar | cut -c-33
