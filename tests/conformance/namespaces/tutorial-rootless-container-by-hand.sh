# namespaces: a rootless container by hand: maps with newuidmap, a root of one's own, pivot_root, all as a user
# user: 1
mkdir -p r/{bin,proc,old,tmp,etc}; cp /bin/busybox r/bin; for a in sh ls id ps mount umount cat touch chown stat hostname; do ln -s busybox r/bin/$a; done
unshare -U sleep 20 & P=$!; sleep .3
newuidmap $P 0 1000 1 1 100000 65536; newgidmap $P 0 1000 1 1 100000 65536; cat /proc/$P/uid_map
nsenter -t $P -U -S 0 -G 0 unshare -m -u -p -f sh -c 'mount --bind r r; cd r; mount -t proc proc proc; pivot_root . old; umount -l /old; hostname rootless
  exec /bin/sh -c "id; hostname; ps; ls /; touch /tmp/f; chown 33:33 /tmp/f; stat -c \"%u %g\" /tmp/f; cat /proc/self/uid_map"'
stat -c '%u %g' r/tmp/f; rm r/tmp/f; echo $?; nsenter -t $P -U -S 0 rm r/tmp/f; echo $?; kill $P; hostname
