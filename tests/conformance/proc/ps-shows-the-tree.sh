# proc: ps --forest, f, pstree of a family of processes
# tty: 1
bash -c 'sleep 50 & sleep 60 & wait' & until [ "$(pgrep -c -x sleep)" = 2 ]; do sleep 0.1; done 2> /dev/null
ps --forest -o args; ps f -o stat,args | grep -v 'ps f'; ps -o args --ppid $!; pstree $!
pstree -a $!; pkill -x sleep; wait
