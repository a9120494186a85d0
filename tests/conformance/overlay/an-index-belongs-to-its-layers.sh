# overlay: a mount with an index checks by file handles that upper, lower and index belong together
cd /root; dmesg -c > /dev/null; mkdir -p l/d l2 u u2 w m; echo a > l/a; ln l/a l/b
t() { mount -t overlay o -o "$@" m; echo "mount $? $*"; dmesg -c | sed 's/^\[ *[0-9.]*\] //; s/ino=[0-9]*/ino=N/'; umount m 2> /dev/null; }
t lowerdir=l,upperdir=u,workdir=w,index=on
getfattr -d -m - -e hex u w w/index w/work 2>&1 | sed 's/0x00fb[0-9a-f]*/FH/'
t lowerdir=l2,upperdir=u,workdir=w,index=on
t lowerdir=l2:l,upperdir=u,workdir=w,index=on
t lowerdir=l:l2,upperdir=u,workdir=w,index=on
t lowerdir=l,upperdir=u2,workdir=w,index=on
t lowerdir=l,upperdir=u2,workdir=w,index=off
t lowerdir=l2,upperdir=u,workdir=w
setfattr -x trusted.overlay.origin u; t lowerdir=l2,upperdir=u,workdir=w,index=on
setfattr -n trusted.overlay.upper -v x w/index; t lowerdir=l2,upperdir=u,workdir=w,index=on
setfattr -x trusted.overlay.upper w/index; t lowerdir=l2,upperdir=u,workdir=w,index=on
