# overlay: redirect_dir and redirect_max of the module
p=/sys/module/overlay/parameters; echo Y > $p/redirect_dir; echo 20 > $p/redirect_max
mkdir -p l/a/b/a-long-name-of-a-directory u w m; mount -t overlay o -o lowerdir=l,upperdir=u,workdir=w m
mv m/a m/c; getfattr --only-values -n trusted.overlay.redirect u/c; echo
mv m/c/b/a-long-name-of-a-directory m/d; getfattr --only-values -n trusted.overlay.redirect u/d; echo "status $?"
echo 300 > $p/redirect_max; mv m/c/b m/e; getfattr --only-values -n trusted.overlay.redirect u/e; echo
