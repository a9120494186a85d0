# overlay: with layers on two file systems, xino puts the layer into the inode number and there is one device
cd /root; dmesg -c >/dev/null
mkdir -p t m l/d; mount -t tmpfs t t; mkdir t/u t/w t/l2; echo a > l/a; echo b > t/l2/b; mkdir t/l2/e
show() { for f in m m/a m/b m/d m/e; do stat -c '%n %D' $f | sed "s/$(stat -c %D m) *$/same/"; done; [ $(stat -c %i m/b) = $(stat -c %i t/l2/b) ] && echo b=real; [ $(stat -c %i m/a) = $(stat -c %i l/a) ] && echo a=real;  [ $(stat -c %i m/d) = $(stat -c %i l/d) ] && echo d=real; find m -xdev | sort; }
for o in off on auto; do
mount -t overlay o -o lowerdir=l:t/l2,upperdir=t/u,workdir=t/w,xino=$o m; dmesg -c | sed 's/^\[ *[0-9.]*\] //'; grep ^o /proc/mounts; show
touch m/a m/b; show; umount m; rm -r t/u t/w; mkdir t/u t/w
done
mount -t overlay o -o lowerdir=l:t/l2,xino=on m; dmesg -c| sed 's/^\[ *[0-9.]*\] //'; grep ^o /proc/mounts; show; umount m
mount -t overlay o -o lowerdir=l:t/l2,xino=auto m; dmesg -c| sed 's/^\[ *[0-9.]*\] //'; grep ^o /proc/mounts; show; umount m
mount -t overlay o -o lowerdir=l:/sys/kernel,upperdir=t/u,workdir=t/w,xino=auto m; dmesg -c| sed 's/^\[ *[0-9.]*\] //'; grep ^o /proc/mounts; umount m
mount -t overlay o -o lowerdir=l:/sys/kernel,upperdir=t/u,workdir=t/w,nfs_export=on m; dmesg -c| sed 's/^\[ *[0-9.]*\] //'; grep ^o /proc/mounts; umount m
mount -t overlay o -o lowerdir=l:t/l2,upperdir=t/u,workdir=t/w,uuid=off m; dmesg -c| sed 's/^\[ *[0-9.]*\] //'; grep ^o /proc/mounts; umount m
