# proc: setsid: new sessions and groups, what is left when the leader ends
setsid bash -c 'ps -o pid,pgid,sid -p $$ | tail -1 | awk "{print (\$1==\$2),(\$1==\$3)}"'
setsid -w false; echo $?; setsid -f true; echo $?; setsid; setsid nosuch; echo $?; setsid -c true; echo $?; setsid -w bash -c 'exit 7'; echo $?; setsid -w bash -c 'kill -9 $$'; echo $?
setsid -w bash -c 'sleep 1 & echo $! > p; exit 3'; echo $?; ps -o stat,args -p $(cat p); ps -o ppid= -p $(cat p) | tr -d ' '; kill -0 -- -$(cat p) 2>&1 | sed 's/[0-9]\{3,\}/N/'
