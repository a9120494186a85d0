# cgroup-v2: cgroup.procs: moving in and out, one per write, children inherit, errors
cd /sys/fs/cgroup; mkdir a b; sleep 100 & p=$!; echo $p > a/cgroup.procs
[ "$(cat a/cgroup.procs)" = $p ] && echo moved; cat /proc/$p/cgroup; echo $p > b/cgroup.procs
cat a/cgroup.procs /proc/$p/cgroup; cat b/cgroup.events
(echo $BASHPID > a/cgroup.procs; sleep 0.1 & cat /proc/$!/cgroup; cat /proc/self/cgroup; wait)
echo 0 > a/cgroup.procs; cat /proc/self/cgroup; echo 0 > cgroup.procs; cat a/cgroup.procs
echo 99999 > a/cgroup.procs; echo "status $?"; echo abc > a/cgroup.procs; echo "status $?"
echo -1 > a/cgroup.procs; echo "$p $p" > a/cgroup.procs; echo "status $?"
echo > a/cgroup.procs; echo "status $?"; rmdir b; echo "status $?"; kill $p; wait $p
cat b/cgroup.events; rmdir b; echo "status $?"; echo $p > nosuch/cgroup.procs; cat b/cgroup.procs
