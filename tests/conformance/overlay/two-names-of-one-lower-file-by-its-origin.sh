# overlay: a copy that was moved by a mount without that layer and the lower name it came from are one file
mkdir l l2 u w m; echo c > l/c
o() { mount -t overlay overlay -o lowerdir=$1,upperdir=u,workdir=w m; }
same() { test "$(stat -c %i m/c)" = "$(stat -c %i m/d)" && echo one file || echo two files; }
o l; chmod 640 m/c; umount m
o l2; mv m/c m/d; umount m
o l; stat -c '%n %a %h' m/d m/c; same
setfattr -n user.x -v 1 m/c; getfattr -d m/d; ls u
chmod 600 m/c; ls u; stat -c '%n %a %h' u/*
umount m; o l; stat -c '%n %a %h' m/d m/c; same
