# overlay: metadata-only copies on several layers, and mounts that do not follow them
mkdir a b u w m t; head -c 9000 /dev/zero | tr '\0' q > a/f; mount -t overlay o -o metacopy=on,lowerdir=a,upperdir=b,workdir=t m
chmod 640 m/f; mv m/f m/g; umount m; getfattr -d -m 'meta|redir' b/g
mount -t overlay o -o metacopy=on,lowerdir=b:a,upperdir=u,workdir=w m; stat -c '%s %a' m/g; chown 5 m/g
getfattr -d -m 'meta|redir' u/g; wc -c < m/g; echo x >> m/g; getfattr -d -m 'meta|redir' u/g; wc -c < u/g; umount m
mount -t overlay o -o metacopy=on,lowerdir=b:a m; wc -c m/*; grep ' /root/m ' /proc/mounts; umount m
mount -t overlay o -o lowerdir=b:a m; wc -c m/*; ls m; umount m; mount -t overlay o -o metacopy=on,redirect_dir=nofollow,lowerdir=b:a m
dmesg | sed -n 's/.*] overlayfs: //p'
