# namespaces: hostname inside and outside, nsenter -u, domainname
unshare -u bash -c '
	hostname box; hostname; uname -n; cat /proc/sys/kernel/hostname; echo $HOSTNAME
	bash -c "echo \$HOSTNAME"; domainname inner.net; domainname'
hostname; domainname; unshare -u sleep 60 & p=$!
until [ "$(readlink /proc/$p/ns/uts)" != "$(readlink /proc/self/ns/uts)" ]; do sleep 0.1; done
nsenter -t $p -u hostname two; nsenter --target $p --uts hostname; hostname; hostname outer
nsenter -t $p -u hostname; kill $p; su user -c 'unshare -u hostname x'
su user -c 'unshare -Ur hostname x; unshare -Uru hostname x; echo $?; unshare -Uru bash -c "hostname y; hostname"'
hostname
