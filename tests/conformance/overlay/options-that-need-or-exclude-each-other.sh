# overlay: redirect_dir, metacopy, index, nfs_export, userxattr and xino, and what /proc/mounts shows of them
cd /tmp; mkdir t; mount -t tmpfs t t; cd t
mkdir -p l/d/e u w m l2/d; echo hi > l/a
t() { mount -t overlay o -o "$@" m; echo "mount $? $*"; dmesg -c | sed 's/^\[ *[0-9.]*\] //'; grep ^o /proc/mounts | cut -d' ' -f4; umount m 2> /dev/null; rm -rf u w; mkdir u w; }
dmesg -c > /dev/null; B=lowerdir=l,upperdir=u,workdir=w
t $B,nfs_export=on
t $B,nfs_export=on,index=on
t $B,nfs_export=on,index=off
t $B,nfs_export=on,index=on,metacopy=on
t $B,nfs_export=on,metacopy=on
t $B,nfs_export=on,redirect_dir=on
t $B,nfs_export=on,index=on,redirect_dir=on
t $B,nfs_export=on,index=on,redirect_dir=off
t $B,nfs_export=on,index=on,redirect_dir=nofollow
t $B,nfs_export=on,index=on,redirect_dir=follow
t $B,nfs_export=on,redirect_dir=nofollow
t $B,nfs_export=on,userxattr
t $B,index=on,userxattr
t $B,metacopy=on,userxattr
t $B,xino=on
t $B,xino=auto
t $B,xino=off
t $B,uuid=off
t $B,uuid=on
t $B,index=off
t $B,nfs_export=off
t $B,metacopy=off
t $B,metacopy=on
t $B,redirect_dir=off
t $B,redirect_dir=follow
t $B,redirect_dir=on
t $B,redirect_dir=nofollow
t $B,metacopy=on,redirect_dir=off
t $B,metacopy=on,redirect_dir=follow
t $B,metacopy=on,redirect_dir=nofollow
t $B,redirect_dir=nofollow,metacopy=on,index=on
