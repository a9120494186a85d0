# cgroup-v2: the rights of the opener let a process in; the cpuset controller asks the writer
cd /sys/fs/cgroup; mkdir a; sleep 60 & S=$!; exec 5> a/cgroup.procs; su user -c "echo $S >&5; echo \$?"; su user -c 'sleep 50 > /dev/null & echo $! >&5; echo $?; cat /proc/$!/cgroup; kill $!'
exec 5>&-; echo -cpuset > cgroup.subtree_control; exec 5> a/cgroup.procs; su user -c "echo $S >&5; echo \$?"; cat /proc/$S/cgroup; kill $S
