# overlay: missing options and directories, work on another file system or not empty, wrong kinds
mkdir l u w m t; touch f; o() { mount -t overlay overlay -o "$1" m; echo "status $?"; }
o lowerdir=l,upperdir=u; o upperdir=u,workdir=w; o lowerdir=nosuch,upperdir=u,workdir=w
o lowerdir=l,upperdir=nosuch,workdir=w; o lowerdir=l,upperdir=u,workdir=nosuch
o lowerdir=f,upperdir=u,workdir=w; o lowerdir=l,upperdir=u,workdir=u
o lowerdir=l,upperdir=u,workdir=u/x
mount -t tmpfs t t; mkdir t/w; o lowerdir=l,upperdir=u,workdir=t/w
o lowerdir=l,upperdir=l,workdir=w; o lowerdir=l,nosuch=1
mount -t overlay overlay m; echo "status $?"
mount -t overlay overlay -o lowerdir=l,upperdir=u,workdir=w nosuch; echo "status $?"; ls w
