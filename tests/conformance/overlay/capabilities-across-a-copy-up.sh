# overlay: the capabilities of a lower program are copied up, and lost when it is written to or given away
mkdir l u w m; for f in a b c; do cp /bin/true l/$f; setcap cap_net_raw=ep l/$f; done
mount -t overlay overlay -o lowerdir=l,upperdir=u,workdir=w m; getcap m/*; touch m/a; getcap u/a
chmod 700 m/a; getcap m/a
chown 7 m/b; getcap m/b; echo x >> m/c; getcap m/c; getcap l/*; setcap cap_chown=ep m/c; getcap m/c u/c l/c
setcap -r m/a; getcap m/a; echo "status $?"; getfattr -dm security m/c
