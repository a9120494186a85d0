# overlay: work/work while mounted, what is left of it, its mode, in use by a second mount
mkdir l u w m m2; touch l/a; mount -t overlay overlay -o lowerdir=l,upperdir=u,workdir=w m; ls w
stat -c '%a %F' w/work; ls -l w | awk 'NR>1 {print $1}'; ls w/work | wc -l; mkdir u2
mount -t overlay overlay -o lowerdir=l,upperdir=u2,workdir=w m2; echo "status $?"
dmesg | grep -i overlay | tail -1 | sed 's/^\[[^]]*\] //'; findmnt m2 -no TARGET; umount m2 m; ls w
rmdir w; rm -r w; mkdir w; touch w/dirty
mount -t overlay overlay -o lowerdir=l,upperdir=u,workdir=w m; echo "status $?"; ls w m
