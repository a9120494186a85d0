# namespaces: a container whose machine seems to have been up for a day: boottime and monotonic offsets, who is in, who is not
unshare -T -f --boottime 86400 --monotonic 86400 sh -c 'uptime -p; cat /proc/self/timens_offsets; sleep 6' & sleep .5
P=$(pgrep -P $!); cat /proc/$P/timens_offsets
[ "$(readlink /proc/$P/ns/time)" = "$(readlink /proc/self/ns/time)" ] && echo same || echo other
nsenter -t $P -T uptime -p; nsenter -t $P -T unshare -T --boottime 10 cat /proc/self/timens_offsets
unshare -T sh -c 'readlink /proc/self/ns/time /proc/self/ns/time_for_children | uniq | wc -l'
unshare -T --boottime 5 bash -c 'echo "boottime 9 0" >/proc/self/timens_offsets'; echo $?
lsns -t time -o TYPE,NPROCS | tail -1; kill $P
