# cgroup-v2: SIGKILL works on the frozen; leaving thaws; joining freezes
cd /sys/fs/cgroup; mkdir a b; echo 1 > a/cgroup.freeze; sleep 100 & p=$!; echo $p > a/cgroup.procs; until grep -q "frozen 1" a/cgroup.events; do sleep 0.1; done; sed -n "s/^State:.//p" /proc/$p/status; kill -TERM $p; sleep 0.3; [ -d /proc/$p ] && echo there; echo $p > b/cgroup.procs; wait $p; echo "exit $?"
sleep 100 & p=$!; echo $p > a/cgroup.procs; kill -KILL $p; wait $p; echo "exit $?"; cat a/cgroup.events
