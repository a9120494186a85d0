# overlay: what is as the module's parameters say is not among the options, even if they change later
mkdir l u w m; cd /sys/module/overlay/parameters; show() { grep ' /root/m ' /proc/mounts; }
new() { umount /root/m; rm -rf /root/u /root/w; mkdir /root/u /root/w; cd /root; mount -t overlay o -o lowerdir=l,upperdir=u,workdir=w$1 m; cd - > /dev/null; show; }
echo Y > redirect_dir; new 2>/dev/null; new ,redirect_dir=off; new ,redirect_dir=on; echo N > redirect_dir; show
echo Y > index; new; new ,index=off; echo Y > nfs_export; new; new ,index=off; new ,nfs_export=off
echo N > index; new; new ,metacopy=on; echo N > nfs_export
echo Y > metacopy; new; new ,redirect_dir=off; new ,redirect_dir=nofollow; new ,metacopy=off; echo N > metacopy; show
echo N > redirect_always_follow; new; new ,redirect_dir=follow
dmesg | sed -n 's/.*] overlayfs: //p'
