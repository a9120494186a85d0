# namespaces: --boottime and --monotonic offsets; only children are in it
unshare -T --boottime 1000000 bash -c '
	cut -d. -f1 /proc/uptime | grep -c "^100....$"; cat /proc/self/timens_offsets'
unshare -T bash -c 'readlink /proc/self/ns/time /proc/self/ns/time_for_children'
unshare -fT --monotonic 500 cat /proc/self/timens_offsets
unshare -T --boottime x true; echo "status $?"; unshare --boottime 5 true; echo "status $?"
[ $(cut -d. -f1 /proc/uptime) -lt 10000 ] && echo 'the host is young'; date +%F
unshare -T --boottime -9999999 true; echo "status $?"; unshare -T --boottime 86400 uptime -p
su user -c 'unshare -T true'; cat /proc/self/timens_offsets
