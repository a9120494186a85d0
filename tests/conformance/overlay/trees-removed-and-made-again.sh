# overlay: removing trees, and making files, links and directories in their place
mkdir -p l/a/b/c l/e u w m; touch l/a/1 l/a/b/2 l/a/b/c/3; ln -s a l/s
mount -t overlay o -o lowerdir=l,upperdir=u,workdir=w m
rm -r m/a; ls m; find u -printf '%P %y %n\n'; mkdir -p m/a/b; ls m/a m/a/b; getfattr -d -m - u/a u/a/b | grep -v origin
rm m/s; mkdir m/s; rmdir m/s; ln -s e m/s; ls m/s; rm -r m/a; touch m/a; stat -c '%F %s' m/a; rm m/a; mkdir m/a; touch m/a/1
cp -r m/e m/e2; rm -rf m/*; ls -A m; find u -printf '%P %y %n\n' | sort; umount m
mount -t overlay o -o lowerdir=l:u m 2>&1 | head -1; mount -t overlay o -o lowerdir=u:l m; ls -A m; umount m
mount -t overlay o -o lowerdir=l,upperdir=u,workdir=w m; mknod m/x p; mknod m/y b 7 0; ls -l m | awk '{print $1,$NF}'
rm m/x m/y; find u | sort
