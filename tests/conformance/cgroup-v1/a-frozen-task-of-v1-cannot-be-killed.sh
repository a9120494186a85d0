# cgroup-v1: SIGKILL waits until it is thawed; it cannot leave
# cgroup: v1
cd /sys/fs/cgroup/freezer; mkdir a; sleep 100 & p=$!; echo $p > a/tasks; echo FROZEN > a/freezer.state; until [ "$(cat a/freezer.state)" = FROZEN ]; do sleep 0.1; done; kill -KILL $p; sleep 0.5; [ -d /proc/$p ] && echo "still there"; echo $p > tasks; echo "exit $?"; rmdir a; echo THAWED > a/freezer.state; wait $p; echo $?; rmdir a
