# overlay: chown and a user's writing clear set-user-id bits as on any file system; chmod and touch do not
chmod 755 .; mkdir l u w m; for f in a b c; do cp /bin/true l/$f; chmod 6755 l/$f; done; chmod 6777 l/b
mount -t overlay overlay -o lowerdir=l,upperdir=u,workdir=w m; s() { stat -c '%a %U %n' "$@"; }
s m/*; touch m/a; s u/a; chown 7 m/a; s u/a; su user -c 'echo x >> m/b'; su user -c 'echo x >> /root/m/b'
s u/b l/b
chmod 4755 m/c; s u/c; echo x >> m/c; s u/c; chmod 2755 m/c; truncate -s 3 m/c; s m/c
