# fs: extended attributes of ext4 lie behind the inode as long as they fit, and then in a block
a() { head -c $1 /dev/zero | tr '\0' a; }
touch f; setfattr -n user.a -v x f; stat -c %b f; setfattr -n user.big -v $(a 100) f; stat -c %b f; setfattr -x user.big f; stat -c %b f
for n in 64 65 68 69 72; do touch g$n; setfattr -n user.a -v $(a $n) g$n; echo $n $(stat -c %b g$n); done
for n in 1 2 3 4 5; do touch h$n; for i in $(seq $n); do setfattr -n user.a$i -v abcd h$n; done; echo $n $(stat -c %b h$n); done
mkdir d; setfattr -n user.d -v $(a 200) d; stat -c %b d; ln -s f l; setfattr -h -n trusted.l -v $(a 200) l; stat -c %b l; cp --preserve=xattr g72 c; stat -c %b c; du g72 g64
setfacl -m u:1:r,u:2:r,u:3:r,u:4:r g64; stat -c %b g64; setfacl -b g64; stat -c %b g64; df --output=used . > before; setfattr -n user.b -v $(a 500) f; df --output=used . > after; cmp -s before after; echo $?
