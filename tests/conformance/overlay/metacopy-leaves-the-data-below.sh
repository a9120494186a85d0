# overlay: with metacopy=on chmod copies no data; writing does; without it such a copy may not be opened
mkdir l u w m; head -c 100000 /dev/zero > l/big
o() { mount -t overlay o -o $1lowerdir=l,upperdir=u,workdir=w m; }
o metacopy=on,; findmnt -no OPTIONS m; chmod 600 m/big; stat -c '%a %s' u/big m/big
tr '\0' a < u/big | head -c 3; echo
getfattr -dm trusted.overlay.metacopy u/big; mv m/big m/moved
getfattr --only-values -n trusted.overlay.redirect u/moved
echo; wc -c < m/moved; umount m; o; wc -c < m/moved; echo "status $?"; umount m
o metacopy=on,; echo x >> m/moved; getfattr -dm metacopy u/moved; stat -c %s u/moved; umount m; o
wc -c < m/moved
