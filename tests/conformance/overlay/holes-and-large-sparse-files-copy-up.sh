# overlay: a sparse lower file is copied up with its holes, in steps of a megabyte
mkdir l u w m; truncate -s 10M l/s; echo end >> l/s
mount -t overlay overlay -o lowerdir=l,upperdir=u,workdir=w m
du -k --apparent-size m/s; stat -c %b m/s; echo more >> m/s; stat -c '%s %b' u/s; tail -2 m/s | tr -d '\0'
cmp -n 10485760 l/s m/s && echo equal; fallocate -l 1M m/new; stat -c '%s %b' u/new
fallocate -p -o 0 -l 4096 m/s
