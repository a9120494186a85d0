# namespaces: a hostname of one's own, joined from outside, kept by a mount, then let go
unshare --uts sh -c 'hostname demo; exec sleep 100' & p=$!
until [ "$(nsenter --target $p --uts hostname)" = demo ]; do sleep 0.1; done
hostname; nsenter -t $p -u sh -c 'hostname; hostname demo2'; nsenter -t $p -u hostname
[ "$(readlink /proc/$p/ns/uts)" = "$(readlink /proc/$$/ns/uts)" ] || echo different; [ "$(readlink /proc/$p/ns/net)" = "$(readlink /proc/$$/ns/net)" ] && echo same network
touch /tmp/uts; mount --bind /proc/$p/ns/uts /tmp/uts; kill $p; wait $p 2> /dev/null; nsenter --uts=/tmp/uts hostname; lsns -t uts -n -o NSFS | grep -c /tmp; umount /tmp/uts; nsenter --uts=/tmp/uts hostname
