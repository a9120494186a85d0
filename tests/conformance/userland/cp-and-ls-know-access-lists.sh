umask 022
touch a b
mkdir d
setfacl -m u:user:rw a
setfacl -d -m u:user:rwx d
ls -l | tail -n +2 | cut -c1-12
ls -l b | cut -c1-11
cp a plain
cp -p a kept
cp --preserve=mode a modes
cp -a d copy
getfacl plain kept modes copy
mv a /dev/shm/ && getfacl -c /dev/shm/a && mv /dev/shm/a .
getfacl -c a
install -m 644 a installed; ls -l installed | cut -c1-11
getfattr -m - -d -e hex a
getfattr -n system.posix_acl_default d/ -e hex
setfattr -n system.posix_acl_access -v 0x00 a
setfattr -n system.posix_acl_access -v 0x0300000001 a
setfattr -n system.posix_acl_access -v 0x0200000001000600ffffffff04000400ffffffff a
setfattr -n system.posix_acl_access -v 0x0200000001000600ffffffff04000400ffffffff20000000ffffffff a; getfacl -c a
setfattr -n system.posix_acl_default -v 0x0200000001000600ffffffff04000400ffffffff20000000ffffffff a
setfattr -x system.posix_acl_access b; echo $?
ln -s a l; getfattr -hn system.posix_acl_access l; getfattr -n system.other a
