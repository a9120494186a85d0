# overlay: two names of one lower file become two files when one is written to; new links stay linked
mkdir l u w m; echo one > l/a; ln l/a l/b; mount -t overlay overlay -o lowerdir=l,upperdir=u,workdir=w m
stat -c '%h %n' m/a m/b; [ m/a -ef m/b ] && echo same; echo two >> m/a; cat m/b
[ m/a -ef m/b ] || echo apart; stat -c '%h %n' m/a m/b u/a; ln m/b m/c; stat -c '%h %n' m/b m/c u/c; ls u
echo three >> m/c; cat m/b; rm m/b; cat m/c; stat -c '%h' m/c; ls -1 u
