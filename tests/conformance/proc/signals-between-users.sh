# proc: a user may signal only his own processes; root any
sleep 70 & p=$!
su user -c "kill $p; echo \$?; kill -0 $p; echo \$?; kill -9 $p 2>&1 | sed 's/([0-9]*)/(PID)/'; pkill -f 'sleep 7[0]'; echo \$?" 2>&1 | sed 's/([0-9]*)/(PID)/; s/pid [0-9]*/pid PID/'
kill -0 $p && echo alive; su user -c 'sleep 71 & disown; sleep 0.2'
until pgrep -u user -x sleep > q; do sleep 0.1; done; ps -o user=,args= -p $(cat q)
su user -c "kill $(cat q); echo \$?"
su user -c 'sleep 72 & sleep 0.2; kill -STOP $!; sleep 0.2; ps -o stat= -p $!; kill -KILL $!'
kill $p
