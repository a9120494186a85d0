# overlay: chmod -R and chown -R copy up only what they change
mkdir -p l/d/e u w m; echo a > l/d/a; echo b > l/d/e/b; chmod 700 l/d/e; ln -s a l/d/s
mount -t overlay overlay -o lowerdir=l,upperdir=u,workdir=w m; chmod -R u+rwX m; find u | sort
chmod -R go-rwx m/d; find u | sort; stat -c '%a %n' l/d/a m/d/a m/d/e; chown -R 1:2 m/d
find u -printf '%U:%G %m %P\n' | sort -k3; chown -h 3 m/d/s; stat -c '%u %n' m/d/s l/d/s m/d/a
