# overlay: the deletion of a lower file: type, number, mode; a new file in its place; whiteouts made by hand
mkdir l u w m; touch l/a l/b l/c; mount -t overlay overlay -o lowerdir=l,upperdir=u,workdir=w m
rm m/a; stat -c '%F %t,%T %a %U %n' u/a; ls m; cat u/a; echo again > m/a; stat -c '%F %n' u/a
rm m/a; stat -c %F u/a; umount m; mknod u/b c 0 0
mount -t overlay overlay -o lowerdir=l,upperdir=u,workdir=w m; ls m; rm u/a; umount m
mount -t overlay overlay -o lowerdir=l,upperdir=u,workdir=w m; ls m; touch m/new; rm m/new; ls u
mknod m/x c 0 0; echo "status $?"
