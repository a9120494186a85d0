# overlay: a copy remembers the file it was made of wherever both are; a copy of one of several names does not
mkdir l1 l2 u w m; echo a > l2/a; echo b > l2/b; ln l2/b l2/b2; mount -t overlay o -o lowerdir=l1:l2,upperdir=u,workdir=w m
same() { [ "$(stat -c %i $1)" = "$(stat -c %i $2)" ] && echo "$1 has the number of $2" || echo "$1 has another number than $2"; }
echo x >> m/a; mkdir m/d; mv m/a m/d/moved; same m/d/moved l2/a; echo x >> m/b; same m/b l2/b; same m/b u/b; same m/b2 l2/b
getfattr --absolute-names -m impure -d u u/d; getfattr --absolute-names -m origin -d u/b | wc -l
umount m; mv l2/a l2/elsewhere; mount -t overlay o -o lowerdir=l2,upperdir=u,workdir=w m; same m/d/moved l2/elsewhere
umount m; rm l2/elsewhere; mount -t overlay o -o lowerdir=l2,upperdir=u,workdir=w m; same m/d/moved u/d/moved; ls m/d
getfattr --absolute-names -m impure -d u/d
