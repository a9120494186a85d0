# proc: kill 0, kill -PGID, kill -1 as a user, and who is spared
bash -c '
	set -m; (trap "echo child TERM; exit" TERM; sleep 60 & wait) & p=$!; set +m; sleep 0.5
	kill -TERM -$p; wait $p; echo "status $?"'
setsid -w bash -c '
	trap "echo parent spared" TERM; sleep 60 & sleep 61 & kill -TERM 0; wait; echo "end $?"'; echo "status $?"
setsid -w bash -c 'sleep 60 | sleep 61 & sleep 0.3; kill -9 0; echo unreached' | cat; echo "status ${PIPESTATUS[0]}"
su user -c 'sleep 62 & sleep 63 & sleep 0.3; trap "" TERM; kill -TERM -1; wait; pgrep -u user sleep; echo "left: $?"'
kill -0 $$ && echo 'root is untouched'
