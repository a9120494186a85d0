# overlay: unknown options, and values that are none
cd /tmp; mkdir t; mount -t tmpfs t t; cd t
mkdir -p l/d/e u w m l2/d; echo hi > l/a
t() { mount -t overlay o -o "$@" m; echo "mount $? $*"; dmesg -c | sed 's/^\[ *[0-9.]*\] //'; grep ^o /proc/mounts | cut -d' ' -f4; umount m 2> /dev/null; rm -rf u w; mkdir u w; }
dmesg -c > /dev/null; B=lowerdir=l,upperdir=u,workdir=w
t $B,index
t $B,index=
t $B,index=yes
t $B,xino=maybe
t $B,uuid=
t $B,nfs_export
t $B,foo
t $B,foo=bar
t $B,redirect_dir=
t $B,redirect_dir
t $B,metacopy=yes
t $B,volatile=1
t $B,userxattr=1
