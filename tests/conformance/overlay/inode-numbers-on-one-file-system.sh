# overlay: whose inode numbers are shown when all layers lie on one file system
mkdir -p l/d u w m; touch l/f l/d/g u/h; ln -s f l/s; mount -t overlay o -o lowerdir=l,upperdir=u,workdir=w m
for f in f d d/g s; do [ $(stat -c %i m/$f) = $(stat -c %i l/$f) ] && echo "$f lower"; done
[ $(stat -c %i m/h) = $(stat -c %i u/h) ] && echo h upper; [ $(stat -c %i m) = $(stat -c %i u) ] && echo root upper
for f in f d/g s; do touch -h m/$f; [ $(stat -c %i m/$f) = $(stat -c %i l/$f) ] && echo "$f still"; done; mv m/f m/f2
[ $(stat -c %i m/f2) = $(stat -c %i l/f) ] && echo moved; cp u/f2 u/f3
[ $(stat -c %i m/f3) = $(stat -c %i u/f3) ] && echo own; stat -c %d m m/d m/f2 m/s| sort -u | wc -l; stat -c '%o %B' m/f2 m
stat -c %h m/d m; mkdir m/d/e m/n; stat -c %h m/d m m/n u/d u; ls -di m/.. . | awk '{print $1}' | uniq | wc -l
ls -id m/d/.. m | awk '{print $1}' | uniq | wc -l; find m -inum $(stat -c %i l/d); umount m
mount -t overlay o -o lowerdir=l,upperdir=u,workdir=w m; [ $(stat -c %i m/f2) = $(stat -c %i l/f) ] && echo persists
readlink -f m/s; realpath m/d/../f2; test m/f2 -ef u/f2 || echo differs; test l/d -ef m/d || echo differs
[ $(stat -c %m m/d) = /root/m ] && echo mp
