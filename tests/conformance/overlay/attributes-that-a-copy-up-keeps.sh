# overlay: owners, modes, times and extended attributes of what is copied up
mkdir -p l/d u w m; echo hi > l/d/f; chown 5:6 l/d/f l/d; chmod 4751 l/d/f; chmod 2775 l/d; setfattr -n user.k -v v l/d/f
touch -d '2020-01-02 03:04:05.678 UTC' l/d/f l/d; ln -s f l/d/s; chown -h 7:8 l/d/s; touch -h -d 2019-01-01 l/d/s
mkfifo l/d/p; chmod 600 l/d/p; mknod l/d/n c 1 3; chmod 640 l/d/n
mount -t overlay o -o lowerdir=l,upperdir=u,workdir=w m; echo x >> m/d/f; stat -c '%n %a %u %g %s' u/d u/d/f
getfattr -d u/d/f; chown -h 9 m/d/s; chmod 601 m/d/p; chown 3 m/d/n; stat -c '%n %F %a %u %g %t %T' u/d/*
stat -c %y u/d/s | cut -c1-10; readlink u/d/s; touch -a -d 2018-01-01 m/d; stat -c '%x' u/d | cut -c1-10
getfattr -d -m 'user|impure' u/d u/d/f
stat -c '%w' m/d/f | cut -c1-4; rm -f m/d/zz; stat -c %y m/d | cut -c1-4; touch m/d/new; stat -c %y m/d u/d| cut -c1-4
stat -c %y l/d | cut -c1-4
