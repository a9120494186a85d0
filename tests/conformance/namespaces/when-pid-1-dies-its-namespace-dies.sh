# namespaces: SIGKILL to all others; init ignores signals it has no handler for
unshare -fp bash -c 'sleep 77 & sleep 78 & exit 5'; echo "status $?"; sleep 0.3
pgrep -f 'sleep 7[78]'; echo "left: $?"
unshare -fp bash -c '
	kill -9 $$; kill -TERM $$; kill -INT 1; kill -HUP 1; echo alive; trap "echo got it" USR1
	kill -USR1 1; kill -STOP 1; echo "still $?"'
unshare -fp sleep 99 & until pgrep -x sleep > p; do sleep 0.1; done; kill -TERM $(cat p); sleep 0.3
pgrep -c -x sleep; kill -KILL $(cat p); wait $!; echo "status $?"
unshare -fp --kill-child sleep 98 & until pgrep -x sleep > p; do sleep 0.1; done; kill -KILL $!
wait $! 2> /dev/null; sleep 0.3; pgrep -x sleep; echo "left: $?"
