# overlay: a metadata-only copy that gets a second name keeps an absolute redirect; blocks and warnings
mkdir l u w m; head -c 100000 /dev/zero > l/big
o() { mount -t overlay o -o $1lowerdir=l,upperdir=u,workdir=w m; }
o metacopy=on,; chmod 600 m/big; stat -c '%s %b' m/big; ln m/big m/l2; stat -c %h u/big; mv m/big m/moved
getfattr --only-values -n trusted.overlay.redirect u/moved; echo; ls -1 m; umount m; o; cat m/moved
umount m
dmesg | grep overlayfs | tail -1 | sed 's/^\[[^]]*\] //'
