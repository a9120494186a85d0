# proc: kthreadd and its children, as ps, pgrep, pidof, pstree and top show them
ps -o ppid,pgid,sid,tpgid,tty,stat,cls,rtprio,pri,ni,nlwp,f,vsz,rss,comm -p 2,3,10,11,14,16,20,21,26,28,31,34,35,36,45,108
ps -o psr,comm -p 14,16,20,21; ps -fp 2 | awk '{ print $1, $2, $3, $6, $8 }'; ps -p 2 j; ps -p 2 s; ps -p 2 m; ps -p 2 -L
ps -eo pid,comm | sed -n 2,4p; ps -ejH | sed -n 1,4p; ps axjf | sed -n 2,4p; ps f -o args -p 2,3,16,35
ps -C kthreadd -o pid; ps -C rcu_tasks_rude_kthread -o args; ps -C rcu_tasks_rude_; echo $?; ps --ppid 2 -o args | sed -n 2,5p; ps -N --ppid 2 -o comm= | head -2
ps -e -o args= | grep -c '^\[migration'; ps a -o args= | grep -c '\[k'; ps x -o args= | grep -c '^\[kthreadd\]$'
pgrep kthreadd; pgrep -fa writeback; pgrep -l migration; pgrep -P 2 -a kswap; pgrep -P 0 -l kth; pgrep -fx '\[ksmd\]'; echo $?; pgrep -x ksmd; pgrep rcu_tasks_rude_kthread
pidof kthreadd; echo $?; pidof -w kthreadd
pstree 2 | head -1; pstree -p 35; pstree -a 35; pstree -g 35; pstree 2 | grep -c .; pstree | grep -c kthreadd
top -b -n1 -p 2,16,36 | tail -n +7 | awk '{ print $1, $2, $3, $4, $5, $6, $7, $8, $12 }'
kill -9 2; echo $?; pkill -9 kthreadd -e; echo $?; kill -STOP 35; ps -o stat= -p 2,35
