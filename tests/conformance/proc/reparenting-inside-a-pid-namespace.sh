# proc: orphans go to the namespace's init, which unhandled signals do not harm
unshare -pf --mount-proc bash -c '(sleep 30 & ); sleep 0.2; ps -o pid,ppid,args; setsid sleep 31 & sleep 0.2; ps -eo pid,ppid,pgid,sid,args'
unshare -pf --kill-child bash -c 'kill -TERM $$; echo alive; kill -9 $$; echo alive; trap "echo t" TERM; kill -TERM $$; kill -INT $$; echo end'; unshare -pf bash -c 'sleep 100 & exec true'; echo $?
unshare -pf --mount-proc bash -c 'kill -9 -1; echo $?; kill -0 -1; sleep 5 & kill -9 -1; wait; echo $?'
unshare -pf sh -c 'kill -KILL 1; kill -STOP 1; echo still'; unshare -pf bash -c 'sleep 9 & echo x; kill -USR1 $$; trap "" USR1; kill -USR1 $$; echo y'
