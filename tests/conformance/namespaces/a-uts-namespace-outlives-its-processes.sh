# namespaces: a descriptor or a bind mount keeps a namespace after its last process
unshare -u sh -c 'hostname inner; sleep 30' & p=$!; until [ "$(nsenter -t $p -u hostname)" = inner ]; do sleep 0.1; done
exec 5< /proc/$p/ns/uts; touch u; mount --bind /proc/$p/ns/uts u; pkill -P $p; wait $p; nsenter --uts=/proc/self/fd/5 hostname; nsenter --uts=u hostname; nsenter --uts=u hostname other; nsenter --uts=/dev/fd/5 hostname; umount u; nsenter --uts=u hostname; nsenter --uts=/dev/fd/5 hostname; exec 5<&-; nsenter --uts=/dev/fd/5 hostname; hostname
unshare -pf sh -c 'sleep 30' & q=$!; until c=$(pgrep -P $q); do sleep 0.1; done; exec 5< /proc/$c/ns/pid; kill -9 $c; wait $q; nsenter --pid=/dev/fd/5 true; nsenter --pid=/dev/fd/5 -F sh -c 'echo in'; exec 5<&-
