# overlay: fallocate of lower files, punched holes, sparse copies
mkdir l u w m; echo hello > l/a; truncate -s 1M l/sp; echo hi | dd of=l/sp bs=1 seek=500000 conv=notrunc status=none
mount -t overlay o -o lowerdir=l,upperdir=u,workdir=w m; fallocate -l 8192 m/a; stat -c '%s %b' m/a u/a
fallocate -p -o 0 -l 4096 m/a; stat -c '%s %b' u/a; fallocate -n -l 1M m/a; stat -c '%s %b' m/a
fallocate -z -o 0 -l 100 m/a; fallocate -c -o 0 -l 4096 m/a; stat -c %s m/a; fallocate -i -o 0 -l 4096 m/a; stat -c %s m/a
cp --sparse=always m/sp m/sp2; stat -c '%s %b' m/sp2; truncate -s +5 m/sp; stat -c '%s %b' m/sp u/sp; fallocate -l 10 m
fallocate -l 100 m/new; mount -o remount,ro m; fallocate -l 10 m/new; truncate -s 3 m/new
