# overlay: with redirect_dir=on a directory of a lower layer can be renamed: a name, after a move a path
mkdir -p l/d/sub u w m; echo one > l/d/f; mount -t overlay o -o lowerdir=l,upperdir=u,workdir=w,redirect_dir=on m
mv m/d m/e && find m | sort; getfattr --absolute-names -n trusted.overlay.redirect u/e
mkdir m/top; mv m/e m/top/e; getfattr --absolute-names -n trusted.overlay.redirect u/top/e
cat m/top/e/f; mkdir m/d; ls -A m/d; getfattr --absolute-names -m trusted.overlay.opaque -d u/d; find u | sort
umount m; mount -t overlay o -o lowerdir=l,upperdir=u,workdir=w,redirect_dir=nofollow m
ls m/top; ls m/top/e; echo "status $?"; dmesg | tail -1 | sed 's/.*overlayfs/overlayfs/'
umount m; mount -t overlay o -o lowerdir=l,upperdir=u,workdir=w,redirect_dir=off m; ls m/top/e; mv m/top m/up; ls m/up/e
