# overlay: index=on copies a file with several names once, and all names show the copy
cd /root; dmesg -c >/dev/null; mkdir -p l/d u w m; echo a > l/a; ln l/a l/b; ln l/a l/d/c
n() { stat -c '%n %h %s' m/a m/b m/d/c m/x 2>&1; find u w/index -type f -printf '%p %n\n' | sed 's/00fb.*/FH 1/' | sort; getfattr --only-values -n trusted.overlay.nlink $(find u -type f | head -1) 2>&1; echo; }
mount -t overlay o -o lowerdir=l,upperdir=u,workdir=w,index=on m
exec 3< m/b
n; echo more >> m/a; n; read x <&3; echo $x; cat m/d/c; ls -i m/a m/b m/d/c | awk '{print $1}' | uniq | wc -l
ln m/b m/x; n; rm m/a; n; mv m/d/c m/y; n; mv m/y m/b; n; umount m 2>&1; exec 3<&-; umount m
mount -t overlay o -o lowerdir=l,upperdir=u,workdir=w,index=on m; n; rm m/b; n; rm m/x; n; rm -f m/y m/d/c; n; find w u | grep -v "#" | sort; dmesg -c
umount m; rm -rf u w; mkdir u w
mount -t overlay o -o lowerdir=l,upperdir=u,workdir=w,index=on,metacopy=on m; chmod 600 m/a; n;  cat m/b; echo z >> m/b; n; getfattr -d -m - u/a u/b 2>&1 | sed 's/origin=.*/origin/'
umount m; mount -t overlay o -o lowerdir=l,upperdir=u,workdir=w m; n; cat m/d/c; echo q >> m/d/c; n; cat m/a; umount m
mount -t overlay o -o lowerdir=l,upperdir=u,workdir=w,index=on m; n; dmesg -c
cp -a m/a m/cp; mv m/a m/d/moved; ln -s a m/ss; rm m/b; n
