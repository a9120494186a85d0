# proc: the parent of a process whose parent has died is 1, or the subreaper of its PID namespace
bash -c 'sleep 30 & echo $!' > pid; ps -o ppid= -p $(cat pid) | tr -d ' '; kill $(cat pid)
unshare -pf --mount-proc bash -c '
	(sleep 30 & ); until [ "$(ps -o ppid= -C sleep)" -eq 1 ]; do :; done
	ps -o pid,ppid,args -C sleep; pkill sleep; sleep 0.2; ps -o stat,args'
(setsid sleep 20 &); until pgrep -x sleep > p; do sleep 0.1; done; ps -o ppid= -p $(cat p)
kill $(cat p)
