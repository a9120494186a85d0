# overlay: the redirect of a metadata-only copy is a name, or after a move to another directory or a link a path
mkdir l u w m; for f in f g h i; do head -c 3000 /dev/zero > l/$f; done
mount -t overlay o -o metacopy=on,lowerdir=l,upperdir=u,workdir=w m; r() { getfattr -d -m 'redirect|metacopy' u/$1; }
chmod 600 m/f; r f; mv m/f m/f2; r f2; mkdir m/d; mv m/f2 m/d/f3; r d/f3; mv m/d/f3 m/f4; r f4; ln m/g m/g2; r g; r g2
truncate -s 10 m/g; r g; stat -c '%s %h' m/g2; : > m/h; r h; cat m/i > /dev/null; ls u; wc -c < m/f4; echo x >> m/f4; r f4
umount m; mount -t overlay o -o lowerdir=l,upperdir=u,workdir=w m; wc -c m/f4 m/g m/h m/i
