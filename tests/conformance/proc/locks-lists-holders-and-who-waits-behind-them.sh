# proc: /proc/locks, fdinfo and lslocks while others wait for a lock
exec 7<>x; flock -x 7
hide() { sed "s/ [0-9]* fe:00:[0-9]*/ PID FILE/"; }
hide < /proc/locks; grep lock /proc/self/fdinfo/7 | hide
flock x sleep 9 & sleep 1; flock x sleep 9 & sleep 1; flock -s x sleep 9 & sleep 1
hide < /proc/locks
lslocks -o COMMAND,TYPE,SIZE,MODE,M,START,END,PATH; lslocks -J -o TYPE,MODE,M,PATH; lslocks -r -n -o TYPE,MODE
[ "$(lslocks -n -o BLOCKER | sort -u | tr -d ' \n')" = "$(sed -n '1s/.*WRITE \([0-9]*\).*/\1/p' /proc/locks)" ] && echo the blocker is the holder
unshare -pf --mount-proc cat /proc/locks
exec 7>&-; sleep 1; hide < /proc/locks; kill %1; sleep 1; hide < /proc/locks
lslocks x | wc -l; lslocks -o foo; echo $?; lslocks -p x; echo $?; lslocks --bad; echo $?
