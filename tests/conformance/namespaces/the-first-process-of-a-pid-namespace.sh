# namespaces: pid 1, its children, and ps with a /proc of its own
unshare -fp --mount-proc bash -c '
	echo $$ $PPID; ps -eo pid,ppid,comm; ls -d /proc/[0-9]*; sleep 5 & ps -o pid,ppid,comm
	kill %1; readlink /proc/self/ns/pid /proc/1/ns/pid; grep NS /proc/self/status
	cat /proc/1/comm; readlink /proc/self'
readlink /proc/self/ns/pid; mount | grep -c ^proc
unshare -fp --mount-proc ps -ef | awk '{print $1, $2, $3, $8, $9}'
unshare --pid --fork --mount-proc ps aux | awk '{print $1, $2, $8, $11, $12}'
