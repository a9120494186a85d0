# userland: install -d and -D where directories cannot be made
echo 1 > a; mkdir x; mount -t tmpfs -o ro none x
install a x; echo $?; install -d x/new; echo $?; install -D a x/new/f; echo $?; install -d a; echo $?; install -d a/b; echo $?; install -D a a/b/c; echo $?; umount x
su user -c 'cp /etc/hostname /tmp/h; cd /tmp; install -d /etc/new; echo $?; install h /etc; echo $?; install -m 4755 h s; stat -c %a s; install -o root h o; echo $?; install -d -m 700 p/q; stat -c %a p p/q'
install -dv y/z y/w; install -d -o 5 -g 6 -m 2750 own/two; stat -c '%u:%g %a %n' own own/two; install -t y a; install -t nosuch a; echo $?; install -Dt new/er a; ls new/er
