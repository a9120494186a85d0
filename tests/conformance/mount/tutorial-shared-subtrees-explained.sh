# mount: the lesson about shared, slave, private and unbindable subtrees, with copies of copies and namespaces
mkdir /x; mount -t tmpfs m /x; mount --make-private /x; mkdir -p /x/{a,b,c,d}
mount --bind /x/a /x/a; mount --make-shared /x/a; mount --bind /x/a /x/b; mkdir /x/a/1; mount -t tmpfs one /x/a/1; ls /x/b
findmnt -R -o TARGET,PROPAGATION,SOURCE /x
mount --make-slave /x/b; mkdir /x/a/2; mount -t tmpfs two /x/a/2; mkdir /x/b/3; mount -t tmpfs three /x/b/3; findmnt -R -n -o TARGET,PROPAGATION /x
mount --make-shared /x/b; findmnt -n -o PROPAGATION /x/b; mount --bind /x/b /x/c; mkdir /x/a/4; mount -t tmpfs four /x/a/4; findmnt -R -n -o TARGET,PROPAGATION /x
umount /x/a/4; findmnt -R -n -o TARGET /x; mount --make-unbindable /x/c; mount --bind /x/c /x/d; echo $?
mkdir /y; mount --rbind /x /y; findmnt -R -n -o TARGET /y; umount -R /y; mount --make-rprivate /x; findmnt -R -n -o TARGET,PROPAGATION /x
