# overlay: sharing upper or work is warned of in dmesg, and both see what the other writes there
mkdir l u w u2 w2 m m2; touch l/a; o() { mount -t overlay overlay -o lowerdir=l,upperdir=$1,workdir=$2 $3
echo "status $?"; }
o u w m; o u w2 m2; touch m/new; ls m2; umount m2; o u2 w m2; touch m2/x; ls m2; umount m2; o u w m2
umount m2 m; o u u m; o w/work w m; o u u/w m; mkdir u/in; o u/in u m; o l w m
mount -t overlay overlay -o lowerdir=u,upperdir=u,workdir=w m; echo "status $?"
mount -t overlay overlay -o lowerdir=w,upperdir=u,workdir=w m; echo "status $?"
mount -t overlay overlay -o lowerdir=l:l m; echo "status $?"
mkdir l/sub; mount -t overlay overlay -o lowerdir=l:l/sub m; echo "status $?"
mount -t overlay overlay -o lowerdir=l/sub,upperdir=l,workdir=w m; echo "status $?"
dmesg | grep overlayfs | sed 's/^\[[^]]*\] //'
