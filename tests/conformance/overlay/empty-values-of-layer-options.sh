# overlay: lowerdir=, upperdir= and workdir= without a value are no options at all
mkdir l u w m; o() { mount -t overlay overlay -o "$1" m; echo "$1: $?"; }; o lowerdir=
o lowerdir=l,upperdir=,workdir=w
o lowerdir=l,upperdir=u,workdir=; o lowerdir=l:u,upperdir=; dmesg | grep overlayfs | sed 's/^\[[^]]*\] //'
findmnt m
