# overlay: modes and owners changed on a layer show at once, but rights follow only when it is changed through the overlay
chmod 755 /root; mkdir l u w m; echo f > l/f; echo g > u/g
mount -t overlay o -o lowerdir=l,upperdir=u,workdir=w m; u() { su user -c "$1"; }
chmod 700 u; u 'ls m; touch m/x'; stat -c %a m; chmod 755 m; chown user u; stat -c %U m; u 'touch m/x'
chown user m; u 'touch m/x; ls m'
u 'cat m/g'; chmod 600 u/g; u 'cat m/g'; stat -c %a m/g; chown user u/g; u 'cat m/g; chmod 640 m/g'
stat -c '%a %U' m/g; chmod 600 l/f; u 'cat m/f'; stat -c %a m/f
umount m; mount -t overlay o -o lowerdir=l,upperdir=u,workdir=w m; u 'cat m/f m/g'
