# overlay: uuid=off with layers on one and on several file systems
for i in 1 2; do mkdir t$i; mount -t tmpfs t t$i; done; mkdir l u w m t1/l t1/u t1/w t2/l; touch t1/l/a t2/l/b l/c
t() { mount -t overlay o -o $1 m; echo "$1 $?"; grep ' /root/m ' /proc/mounts; umount m; rm -rf u w t1/u t1/w; mkdir -p u w t1/u t1/w; }
t lowerdir=t1/l:t2/l:l,upperdir=u,workdir=w,uuid=off; t lowerdir=l,upperdir=u,workdir=w,uuid=off
t lowerdir=t1/l,upperdir=t1/u,workdir=t1/w,uuid=off; t lowerdir=l,upperdir=t1/u,workdir=w; t lowerdir=l,upperdir=u,workdir=t1/w
t lowerdir=t1/l:t2/l,upperdir=u,workdir=w,index=on; t lowerdir=t1/l:t2/l,upperdir=u,workdir=w,nfs_export=on,index=on
dmesg | sed -n 's/.*] overlayfs: //p'
