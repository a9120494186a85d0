# proc: ps selections and columns that scripts use
# tty: 1
sleep 100 & until pgrep -x sleep > /dev/null; do sleep 0.1; done; ps -o args; ps -o pid= -p $$
ps -o comm,ni,stat -p $!; ps -p $! -o args=; ps -C sleep -o args,tty; ps -o user,group,uid,gid -p $$
ps --ppid $$ -o comm; ps -p 99999; echo "status $?"; ps -o args h -p $!
ps --no-headers -o args -p $!
ps -o nosuch; echo "status $?"; ps -p; echo "status $?"; ps --nosuch 2>&1 | head -1
ps x -o args | grep -c '[s]leep'; ps -e -o args= | grep '[s]leep'
ps aux | grep '[s]leep' | awk '{print $1, $7, $8, $11, $12}'
ps -ef | grep '[s]leep' | awk '{print $1, $6, $8, $9}'; ps aux | head -1; ps -ef | head -1
ps -l | head -1; ps | head -1; ps -o pid,ppid,pgid,sid,tty,stat,args | head -1; ps u | head -1
kill $!
