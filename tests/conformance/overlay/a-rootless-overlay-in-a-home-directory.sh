# overlay: mounted by an ordinary user in a user namespace
chmod 755 /root; cat > /tmp/t <<'S'
mount -t overlay overlay -o lowerdir=l,upperdir=u,workdir=w,userxattr m; echo $?; rm m/a; rm -r m/d; mkdir m/d; ls -l m
mknod m/dev c 0 0; mknod m/null c 1 3; chown 0:0 m/d; chown 1 m/d; chmod 4755 m/d; touch m/f; ls -ln m
setfattr -n user.x -v y m/f; setfattr -n trusted.x -v y m/f; getfattr -d -m - m/f; mv m/d m/e; df m | tail -1 | cut -d' ' -f1
mount -o remount,ro m; touch m/z; umount m; mount -t overlay overlay -o lowerdir=l,upperdir=u,workdir=w m; echo $?
S
su - user -c 'mkdir -p l/d u w m; echo a > l/a; echo x > l/d/x; unshare -rm sh /tmp/t; ls -ln u; getfattr -d -m - u/*; rm -rf u w; ls'
su - user -c 'mount -t overlay o -o lowerdir=l,upperdir=u,workdir=w m'; dmesg | sed -n 's/.*] overlayfs: //p'
