# namespaces: unshare -fp alone: $$ is 1 but ps reads the old /proc; mounting proc repairs it, and breaks it for the host
unshare -fp bash -c '
	echo $$; [ $(ps -e | wc -l) -gt 5 ] && echo "ps sees the host"; ps -o comm= -p 1
	kill -0 1000; cat /proc/self/comm; mount -t proc proc /proc; ps -o pid,comm'
ps; mount; echo "status $?"; ls /proc/self/; umount /proc; ps -o comm= -p $$; mount | grep -c ^proc
unshare -fpm bash -c 'mount -t proc proc /proc; ps -o pid,comm'; ps -o comm= -p $$
