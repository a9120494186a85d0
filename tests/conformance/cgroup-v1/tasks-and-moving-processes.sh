# cgroup-v1: tasks and cgroup.procs, other hierarchies are not touched, errors
# cgroup: v1
cd /sys/fs/cgroup/cpu; mkdir a b; sleep 100 & p=$!; echo $p > a/tasks
[ "$(cat a/tasks)" = $p ] && echo in a; grep -E 'cpu,|memory|pids' /proc/$p/cgroup
echo $p > b/cgroup.procs; cat a/tasks; [ "$(cat b/cgroup.procs)" = $p ] && echo in b
(echo $BASHPID > a/tasks; cat /proc/self/cgroup | grep cpu,); echo $p $$ > a/tasks; echo "status $?"
echo 99999 > a/tasks; echo "status $?"; echo abc > a/tasks; echo "status $?"; echo 0 > a/tasks
grep cpu, /proc/self/cgroup; echo $$ > tasks; rmdir b; echo "status $?"; mkdir b/c
echo $p > b/c/tasks; rmdir b/c; echo "status $?"; kill $p; wait $p; rmdir b/c b; echo "status $?"
echo $$ > nosuch/tasks; echo "status $?"; echo > a/tasks; echo "status $?"
