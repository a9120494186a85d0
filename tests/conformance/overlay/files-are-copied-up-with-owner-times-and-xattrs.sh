# overlay: what a copy keeps: contents, mode, owner, group, access and change times, xattrs; and its parents too
mkdir -p l/p/q u w m; echo data > l/p/q/f; chown 12:34 l/p/q/f; chmod 4751 l/p/q/f
setfattr -n user.note -v hello l/p/q/f; setfattr -n trusted.note -v root l/p/q/f
setfattr -n user.dir -v yes l/p
chmod 2770 l/p; chown 5:6 l/p/q; touch -d '2001-02-03 04:05:06.789 UTC' l/p/q/f
touch -d '2002-01-01 UTC' l/p/q l/p
mount -t overlay overlay -o lowerdir=l,upperdir=u,workdir=w m
s() { stat -c '%n %a %u:%g %s %y' u/p u/p/q u/p/q/f; }
chgrp 35 m/p/q/f; s; getfattr -dm user u/p u/p/q/f; getfattr -n trusted.note u/p/q/f
touch m/p/q/f; stat -c '%y %n' m/p/q l/p/q/f
