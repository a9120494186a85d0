# namespaces: /proc/PID/ns/time and time_for_children
show() { a=$(readlink /proc/$$/ns/time); b=$(readlink /proc/$$/ns/time_for_children); c=$(readlink /proc/self/ns/time); [ $a = $b ] && echo same || echo differ; [ $b = $c ] && echo child has it; }
declare -f show > f.sh; echo show >> f.sh
bash f.sh; unshare -T bash f.sh; unshare -fT bash f.sh; unshare -fT --monotonic 5 unshare -fT cat /proc/self/timens_offsets
unshare -fT --boottime 1000 sleep 100 & u=$!; until p=$(pgrep -P $u sleep); do sleep 0.1; done
nsenter -t $p -T cat /proc/self/timens_offsets; nsenter -t $p -T bash f.sh; nsenter -T -t $p -F bash -c 'readlink /proc/self/ns/time' | tr 0-9 N; touch t; mount --bind /proc/$p/ns/time t; kill $p; nsenter --time=t cat /proc/self/timens_offsets; umount t
