# fs: the kernel's log says which option of a tmpfs it did not like
mkdir t; m() { mount -t tmpfs -o "$1" t t 2>/dev/null; echo "$1: $? $(dmesg | tail -1 | sed 's/^[^]]*] //')"; umount t 2>/dev/null; }
for o in size=x nr_inodes= mode=9 uid=user huge=y mpol=y inode32=1 inode64=0 foo foo=1 noswap usrquota size; do m $o; done
mount -t tmpfs -o size=1M,nr_inodes=100 t t; head -c 500k /dev/zero > t/f; r() { mount -o "remount,$1" t 2>/dev/null; echo "$1: $? $(grep ' /root/t ' /proc/mounts) $(dmesg | tail -1 | sed 's/^[^]]*] //')"; }
for o in size=2M size=100k size=512k size=0 size=1M; do r $o; done; umount t; mount -t tmpfs -o nr_inodes=9 t t; touch t/1 t/2 t/3; for o in nr_inodes=3 nr_inodes=4 nr_inodes=0 nr_inodes=10 mode=700 uid=5 huge=always huge=never mpol=local mpol=default inode32 inode64 noexec foo=1 size=50%; do r $o; done; stat -c '%a %u %g' t
