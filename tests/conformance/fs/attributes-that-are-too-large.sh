# fs: how much fits into the extended attributes of a file
a() { head -c $1 /dev/zero | tr '\0' a; }
for n in 4000 4040 4044 4060 4096 65536 65537; do rm -f f; touch f; setfattr -n user.x -v $(a $n) f; echo $n $? $(stat -c %b f); done
rm f; touch f; for i in $(seq 1 200); do setfattr -n user.attr$i -v 0123456789 f 2>err || { echo $i; cat err; break; }; done; getfattr f | wc -l; stat -c %b f; setfattr -x user.attr5 f; setfattr -n user.again -v 0123456789 f; echo $?
mkdir t; mount -t tmpfs t t; touch t/f; setfattr -n trusted.x -v $(a 5000) t/f; echo $?; stat -c %b t/f; setfattr -n trusted.x -v $(a 65537) t/f; umount t; setfattr -n user.$(a 250) -v x f; echo $?; setfattr -n user.$(a 251) -v x f 2>&1 | tail -c 30
