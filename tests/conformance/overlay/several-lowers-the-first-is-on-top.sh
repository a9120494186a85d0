# overlay: lowerdir=a:b:c, merged directories, whiteouts in a lower
mkdir -p a b c u w m a/d b/d; echo A > a/f; echo B > b/f; echo C > c/f; echo only > c/g
touch a/d/x b/d/y; mknod a/gone c 0 0; touch b/gone
mount -t overlay overlay -o lowerdir=a:b:c,upperdir=u,workdir=w m; cat m/f m/g; ls m m/d; rm m/f
ls m; umount m; mount -t overlay overlay -o lowerdir=c:b:a m; cat m/f; ls m; umount m
mount -t overlay overlay -o lowerdir=a:nosuch m; echo "status $?"; mkdir 'with:colon'
touch 'with:colon/in'; mount -t overlay overlay -o 'lowerdir=with\:colon:a' m; ls m
