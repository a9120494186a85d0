# namespaces: pid 1 that does not wait, and one that does: zombies, orphans, and signals to the first process
unshare -pf --mount-proc bash -c '(sleep .2 & exec sleep 1) & sleep .6; ps -o stat=,comm= --ppid 1 | sort; wait; ps -o stat=,comm= --ppid 1 | sort'
unshare -pf --mount-proc sh -c 'trap "echo got TERM" TERM; kill -TERM $$; kill -INT $$; kill -KILL $$; echo alive'
unshare -pf --mount-proc bash -c 'sh -c "sleep 50 & exec true"; ps -o ppid=,comm= -C sleep; kill %1 2>/dev/null; pkill sleep; wait; ps -o stat=,comm= -C sleep; echo done'
unshare -pf --mount-proc sh -c 'sleep 60 & sleep 60 & exit 3'; echo $?; pgrep -c sleep
unshare -pf sleep 50 & sleep .3; P=$(pgrep -P $!); kill -TERM $P; sleep .2; kill -0 $P && echo survived; kill -KILL $P; wait $!; echo $?
