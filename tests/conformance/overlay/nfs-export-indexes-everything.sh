# overlay: nfs_export=on gives every copied-up file and directory an entry in the index, and whiteouts there
cd /root; dmesg -c >/dev/null; mkdir -p l/d l/x u w m; echo a > l/a; ln l/a l/b; echo c > l/d/c; echo e > l/e; ln -s a l/s
d() { dmesg -c | sed 's/^\[ *[0-9.]*\] //'; }
idx() { find w/index -mindepth 1 -printf '%y %M %n\n' | sort; }
mount -t overlay o -o lowerdir=l,upperdir=u,workdir=w,nfs_export=on m; d
echo 1 >> m/e; idx; chmod 700 m/d; idx; touch -h m/s; idx
getfattr -d -m - -e hex u/d u/e 2>&1 | sed 's/00fb.*/FH/'
rm m/e; idx; rm -r m/d; idx; mv m/a m/z; idx; rm m/b m/z; idx; rmdir m/x; idx
find u -printf '%P %y %n\n' | sort
mkdir m/d; touch m/d/n; idx; d
umount m; d
mount -t overlay o -o lowerdir=l,upperdir=u,workdir=w,nfs_export=on m; d; ls m; idx
umount m
mount -t overlay o -o lowerdir=l,upperdir=u,workdir=w m; d; ls m; idx; echo more >> m/d/n; umount m
mount -t overlay o -o lowerdir=l,upperdir=u,workdir=w,index=on m; d; ls m; idx
umount m
