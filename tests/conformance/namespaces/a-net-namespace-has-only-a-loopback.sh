# namespaces: lo, down; no routes; its own sockets and /proc/net
unshare -n bash -c '
	ls /proc/self/net | grep -c tcp; cat /proc/net/dev | cut -d: -f1 | tail -n +3
	wc -l < /proc/net/route; readlink /proc/self/ns/net; ls /sys/class/net'
cat /proc/net/dev | cut -d: -f1 | tail -n +3; readlink /proc/self/ns/net
unshare -nm bash -c 'mount -t sysfs sysfs /sys; ls /sys/class/net'; unshare -n sleep 60 & p=$!
until [ "$(readlink /proc/$p/ns/net)" != "$(readlink /proc/self/ns/net)" ]; do sleep 0.1; done
nsenter -t $p -n cat /proc/net/dev | wc -l; lsns -t net -no NPROCS,COMMAND -p $p; kill $p
