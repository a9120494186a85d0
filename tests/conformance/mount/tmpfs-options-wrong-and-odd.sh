# mount: tmpfs: sizes with suffixes and percent, modes, ids, huge, mpol, unknown and bad values, dmesg
mkdir d; o() { mount -t tmpfs -o "$1" x d; echo "$1: $?"; mountpoint -q d && { findmnt -no OPTIONS d
umount d; }; }; o size=1; o size=4096; o size=5000; o size=1k; o size=1G; o size=0; o size=-1
o size=1x; o size=; o size; o nr_blocks=10; o nr_blocks=0; o nr_inodes=0; o nr_inodes=1k; o nr_inodes=x
o mode=0; o mode=8; o mode=1777; o mode=04755; o uid=1; o uid=user; o gid=x; o uid=-1; o uid=4294967294
o size=1m,size=2m; o nosuch; o nosuch=1
o inode64; o noswap; o quota; dmesg | grep tmpfs | sed 's/^\[[^]]*\] //'
