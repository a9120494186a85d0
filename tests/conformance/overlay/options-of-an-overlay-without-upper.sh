# overlay: what an overlay of lower layers only makes of its options
cd /tmp; mkdir t; mount -t tmpfs t t; cd t
mkdir -p l/d/e u w m l2/d; echo hi > l/a
t() { mount -t overlay o -o "$@" m; echo "mount $? $*"; dmesg -c | sed 's/^\[ *[0-9.]*\] //'; grep ^o /proc/mounts | cut -d' ' -f4; umount m 2> /dev/null; rm -rf u w; mkdir u w; }
dmesg -c > /dev/null; B=lowerdir=l,upperdir=u,workdir=w
t lowerdir=l:l2
t lowerdir=l:l2,nfs_export=on
t lowerdir=l:l2,nfs_export=on,redirect_dir=nofollow
t lowerdir=l:l2,nfs_export=on,redirect_dir=off
t lowerdir=l:l2,nfs_export=on,metacopy=on
t lowerdir=l:l2,nfs_export=on,index=on
t lowerdir=l:l2,metacopy=on
t lowerdir=l:l2,redirect_dir=on
t lowerdir=l:l2,redirect_dir=nofollow
t lowerdir=l:l2,redirect_dir=off
t lowerdir=l:l2,redirect_dir=follow
t lowerdir=l:l2,xino=on
t lowerdir=l:l2,uuid=off
t lowerdir=l:l2,userxattr
t lowerdir=l:l2,volatile
t lowerdir=l:l2,index=off
t $B,volatile
t $B,volatile,index=on,nfs_export=on,xino=on,metacopy=off,uuid=off,default_permissions
