# overlay: stat of merged files, du, find -type, symlinks and special files in layers
mkdir -p l u w m; echo 12345 > l/f; ln -s f l/link; mkfifo l/p; mknod l/dev c 1 3; chmod 4755 l/f
mkdir -m 1777 l/tmp; touch -d 2020-01-01 l/f
mount -t overlay overlay -o lowerdir=l,upperdir=u,workdir=w m
stat -c '%n %F %a %s %h' m/*; stat -c '%y' m/f | cut -d' ' -f1; cat m/link; readlink m/link
echo x > m/dev; echo more >> m/link; ls u; stat -c '%a %s' u/f; stat -c %s m/f l/f; rm m/link; ls m
stat -c %F u/link; touch m/tmp/x; stat -c %a u/tmp
[ "$(stat -c %d m)" = "$(stat -c %d l)" ] || echo 'another device'; find m -type f -o -type p | sort
du -b m/f | cut -f1; cp -a l/f m/copy; stat -c '%a %y' m/copy | cut -d' ' -f1,2
