# fs: attributes are listed as they lie: the inode's as they came, the block's sorted
touch f g; setfattr -n user.zz -v 1 f; setfattr -n user.b -v 1 f; setfattr -n user.a -v 1 f; getfattr f; setfattr -n user.zz -v 2 f; setfattr -x user.b f; setfattr -n user.b -v 3 f; getfattr f; setfattr -n trusted.t -v 1 f; getfattr -m - f
v=$(head -c 80 /dev/zero | tr '\0' a); for n in user.ccc user.b user.aa trusted.q user.d security.s user.a; do setfattr -n $n -v $v g; done; getfattr -m - g; setfattr -n user.b -v short g; getfattr -m - g
