# namespaces: orphans are adopted and reaped by pid 1 of their namespace
unshare -pf --mount-proc bash -c '(setsid sh -c "sleep 0.5; ps -o ppid= -p \$\$" &) ; sleep 1.5; ps -A -o stat= | grep -c Z; grep -E "^(Pid|PPid|NSpid|NSsid)" /proc/self/status | grep -v Pid'
unshare -pf --mount-proc sh -c 'ls -d /proc/[0-9]*; echo $$ $PPID; cat /proc/sys/kernel/ns_last_pid > /dev/null; echo 100 > /proc/sys/kernel/ns_last_pid; sh -c "echo \$\$; :"; readlink /proc/self; ls /proc/self/task | wc -l'
unshare -p sh -c 'readlink /proc/self/ns/pid_for_children; /bin/true; /bin/true' | wc -c; unshare -p bash -c '/bin/true; echo $?; /bin/true; echo $?; echo x | cat'
unshare -pf unshare -pf grep NSpid /proc/self/status | cut -f3-; unshare -p unshare -p true; unshare -p unshare -u true; unshare -p nsenter -t $$ -p true; unshare -pf nsenter -t $$ -p true; echo $?
