# namespaces: NSpid, the same process seen from outside and from inside
unshare -fp --mount-proc bash -c '
	unshare -fp --mount-proc bash -c "sleep 60 & ps -o pid,comm; grep NSpid /proc/self/status; exec sleep 61"' 2> /dev/null & until pgrep -fx 'sleep 60' > p; do sleep 0.1; done
until pgrep -fx 'sleep 61' > q; do sleep 0.1; done; grep NSpid /proc/$(cat p)/status | wc -w
grep NSpid /proc/$(cat q)/status | cut -f4; nsenter -t $(cat q) -p -m ps -o pid,args
[ $(lsns -t pid -n | wc -l) = 3 ] && echo three pid namespaces
readlink /proc/$(cat p)/ns/pid /proc/$(cat q)/ns/pid | sort -u | wc -l; kill -9 $(cat q); sleep 0.3
pgrep sleep; echo "left: $?"
