# overlay: where numbers cannot be told apart no names are looked up for a listing, and the mark of an impure directory stays
mkdir l t u w m; mount -t tmpfs t t; mkdir u/d l/e; echo a > l/a; echo b > l/b; ln -s x l/s
mount -t overlay overlay -o lowerdir=l,upperdir=u,workdir=w,redirect_dir=on,metacopy=on m
mv m/a m/d; mv m/s m/d; mv m/b m/c; umount m
marks() { ls $1 2> /dev/null; (cd u; getfattr -h -m overlay d d/* c); }
mount -t overlay overlay -o lowerdir=t,upperdir=u,workdir=w m; ls -l m/d | wc -l; marks m/d; ls m; umount m
mkdir l2; mount -t overlay overlay -o lowerdir=l2,upperdir=u,workdir=w m; marks m/d; ls m; cat m/c
