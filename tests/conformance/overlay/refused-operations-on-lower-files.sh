# overlay: errors of path names and types
mkdir -p l/d u w m; touch l/f l/d/x; mount -t overlay o -o lowerdir=l,upperdir=u,workdir=w m; mkdir m/f; mkdir m/d; rmdir m/d
rm m/d; unlink m/d; cat m/d; cat m/f/x; ls m/f/; touch m/nope/x; ln -s l m/d/x; ln m/d m/h; mknod m/f p; mv m/f m/d/x/y
mv m/d m/f; mv -T m/f m/d; truncate -s -1 m/f; chmod 9 m/f; chown nouser m/f; echo > m/d; exec 3> m/d; head -c1 < m/d
rmdir m/d/.; rmdir m/d/..; rm -r m/.; mkdir ''; touch m/d/x/; ls m/d/x/; setfattr -n foo -v x m/f; getfattr -n user.no m/f
mount -t overlay o -o lowerdir=l m/f; cd m/f; ls u w/work
