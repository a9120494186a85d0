# overlay: chattr +i and +a are kept in an attribute, not on the upper file
mkdir l u w m; for f in a b; do echo $f > l/$f; done; mkdir l/d
mount -t overlay o -o lowerdir=l,upperdir=u,workdir=w m; chattr +i m/a m/d; chattr +a m/b; lsattr m/a m/b u/a u/b l/a
lsattr -d m/d u/d; for f in a b d; do getfattr -n trusted.overlay.protattr --only-values u/$f; echo; done
echo y >> m/a; rm m/a; mv m/a m/x; ln m/a m/y; chown 1 m/a; chmod 1 m/a; touch m/a; setfattr -n user.a -v b m/a
echo y >> m/b; echo y > m/b; cat m/b; touch m/d/x; rmdir m/d; mv m/d m/e
chattr +ia m/b; getfattr -n trusted.overlay.protattr --only-values u/b; echo
umount m; mount -t overlay o -o lowerdir=l,upperdir=u,workdir=w m; lsattr m/b; chattr -ia m/b; chattr -i m/a m/d
getfattr -n trusted.overlay.protattr u/b; rm -r m/a m/b m/d; ls m
