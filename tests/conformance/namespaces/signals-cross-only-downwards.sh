# namespaces: a process inside a pid namespace cannot see or signal those outside; outside can
sleep 88 & out=$!
unshare -fp --mount-proc bash -c "kill $out 2>&1 | sed 's/([0-9]*)/(PID)/'; ls -d /proc/$out 2>&1 | sed 's/[0-9][0-9]*/PID/'; ps -eo comm | sort | uniq -c; exec sleep 89" 2> /dev/null & until pgrep -fx 'sleep 89' > p; do sleep 0.1; done
[ "$(ps -o comm= -p $(cat p))" = sleep ] && echo 'seen from outside'; kill -TERM $(cat p); sleep 0.2
kill -0 $(cat p) && echo 'init ignores TERM'; kill -9 $(cat p); wait %2; echo "status $?"; kill $out
readlink /proc/self/ns/pid
