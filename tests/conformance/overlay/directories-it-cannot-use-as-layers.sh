# overlay: missing, wrong, equal and nested directories, and file systems that cannot be layers
cd /tmp; mkdir t; mount -t tmpfs t t; cd t
mkdir -p l/d/e u w m l2/d; echo hi > l/a
t() { mount -t overlay o -o "$@" m; echo "mount $? $*"; dmesg -c | grep overlay | sed 's/^\[ *[0-9.]*\] //'; grep ^o /proc/mounts | cut -d' ' -f4; umount m 2> /dev/null; rm -rf u w; mkdir u w; }
dmesg -c > /dev/null; B=lowerdir=l,upperdir=u,workdir=w
t upperdir=u,workdir=w
t lowerdir=l
t lowerdir=
t lowerdir=,upperdir=u,workdir=w
t lowerdir=l,upperdir=,workdir=w
t lowerdir=l,upperdir=u,workdir=
t lowerdir=l,upperdir=u
t lowerdir=l,workdir=w
t lowerdir=l:,upperdir=u,workdir=w
t lowerdir=:l,upperdir=u,workdir=w
t lowerdir=l::l2,upperdir=u,workdir=w
t lowerdir=nope,upperdir=u,workdir=w
t lowerdir=l/a,upperdir=u,workdir=w
t lowerdir=l,upperdir=nope,workdir=w
t lowerdir=l,upperdir=l/a,workdir=w
t lowerdir=l,upperdir=u,workdir=nope
t lowerdir=l,upperdir=u,workdir=l/a
t lowerdir=l,upperdir=u,workdir=u
t lowerdir=l,upperdir=u,workdir=u/x
mkdir u/x
t lowerdir=l,upperdir=u,workdir=u/x
mkdir w/x
t lowerdir=l,upperdir=w/x,workdir=w
t lowerdir=l,upperdir=l,workdir=w
t lowerdir=l,upperdir=l/d,workdir=w
t lowerdir=l/d,upperdir=l,workdir=w
t lowerdir=l:l/d,upperdir=u,workdir=w
t lowerdir=l/d:l,upperdir=u,workdir=w
t lowerdir=l:l,upperdir=u,workdir=w
t lowerdir=u,upperdir=u,workdir=w
t lowerdir=w,upperdir=u,workdir=w
t lowerdir=.,upperdir=u,workdir=w
t lowerdir=l,upperdir=u,workdir=/root
mkdir /tmp/x; 
t lowerdir=l,upperdir=u,workdir=/tmp/x
t lowerdir=l,upperdir=/proc,workdir=/proc/1
t lowerdir=/proc,upperdir=u,workdir=w
t lowerdir=/sys,upperdir=u,workdir=w,index=on
t lowerdir=l,upperdir=/sys/kernel,workdir=/sys/fs
t lowerdir=l,upperdir=/dev,workdir=w
t lowerdir=l,upperdir=u,workdir=w,lowerdir=l2
t upperdir=u,upperdir=u,lowerdir=l,workdir=w
t ""
