# mount: what was removed and is still open or worked in has to be written to, so that a read-only remount is refused
mkdir t; mount -t tmpfs t t; touch t/f t/g; ln t/g t/h
exec 5< t/f 6< t/g; rm t/f t/g; mount -o remount,ro t; echo "status $?"
exec 5<&-; mount -o remount,ro t; echo "status $?"
mount -o remount,rw t; mkdir t/d; cd t/d; rmdir ../d; mount -o remount,ro ~/t; echo "status $?"
cd; mount -o remount,ro t; echo "status $?"
mkdir l u w m; touch l/a l/b; mount -t overlay overlay -o lowerdir=l,upperdir=u,workdir=w m
exec 5< m/a; rm m/a; mount -o remount,ro m; echo "status $?"
exec 5<&-; mount -o remount,ro m; echo "status $?"
