# overlay: a directory that is removed while it is open, on the disk, on a tmpfs and through an overlay
see() { stat -L -c '%F %h %s' /proc/self/fd/3; exec 3<&-; }
mkdir -p l/x u w m t d; exec 3< d; rmdir d; see
mkdir d e; exec 3< d; mv -T e d; see
mount -t tmpfs t t; mkdir t/d; exec 3< t/d; rmdir t/d; stat -L -c '%F %h' /proc/self/fd/3; exec 3<&-
mount -t overlay o -o lowerdir=l,upperdir=u,workdir=w m
mkdir m/d; exec 3< m/d; rmdir m/d; see
exec 3< m/x; rmdir m/x; see; ls -l u | tail -n +2 | cut -c1-10
