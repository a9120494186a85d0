# overlay: entries of the index whose files are gone are removed at mount, others refuse it
cd /root; dmesg -c >/dev/null; mkdir -p l/d l/x u w m; echo a > l/a; ln l/a l/b; echo c > l/d/c; echo e > l/e; ln -s a l/s
d() { dmesg -c | sed 's/^\[ *[0-9.]*\] //'; }
idx() { find w/index -mindepth 1 -printf '%y %M %n\n' | sort; }
mount -t overlay o -o lowerdir=l,upperdir=u,workdir=w,index=on m; umount m
rm -r u; mkdir u
mount -t overlay o -o lowerdir=l,upperdir=u,workdir=w,index=on m; d | sed 's/ino=[0-9]*/ino=N/'
rm -rf w; mkdir w
mount -t overlay o -o lowerdir=l,upperdir=u,workdir=w,index=on m; d; echo x >> m/a; umount m; rm u/a; d
mount -t overlay o -o lowerdir=l,upperdir=u,workdir=w,index=on m; d| sed 's/00fb[0-9a-f]*/FH/'; idx; cat m/a m/b; umount m
rm -r u w; mkdir u w
mount -t overlay o -o lowerdir=l,upperdir=u,workdir=w,index=on m;  echo x >> m/a; umount m; rm -f u/a; rm l/b; rm l/a
mount -t overlay o -o lowerdir=l,upperdir=u,workdir=w,index=on m; d| sed 's/00fb[0-9a-f]*/FH/'; idx;ls m;  umount m
touch w/index/junk; mkdir w/index/'#1'
mount -t overlay o -o lowerdir=l,upperdir=u,workdir=w,index=on m; d; idx
rm w/index/junk
mount -t overlay o -o lowerdir=l,upperdir=u,workdir=w,index=on m; d; idx
