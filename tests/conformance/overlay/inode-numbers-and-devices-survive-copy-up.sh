# overlay: on one file system st_ino of a file is the lower one before and after, st_dev that of the overlay
mkdir l u w m; echo a > l/a; mkdir l/d; ln -s a l/s
mount -t overlay overlay -o lowerdir=l,upperdir=u,workdir=w m
n() { stat -c %i "$1"; }; eq() { [ "$1" = "$2" ] && echo same || echo different; }
for f in a d s; do i=$(n m/$f); eq $i $(n l/$f); chown -h 1 m/$f; eq $i $(n m/$f); eq $i $(n u/$f); done
touch m/new; eq $(n m/new) $(n u/new); eq $(stat -c %d m) $(stat -c %d m/d)
eq $(stat -c %d m) $(stat -c %d m/a); eq $(stat -c %d m/a) $(stat -c %d l/a); mv m/a m/b
eq $(n m/b) $(n l/a)
ls -i m | awk '{print $2}'; eq "$(ls -i m/b | cut -d' ' -f1)" $(n m/b); stat -c '%t' m/a m/b
