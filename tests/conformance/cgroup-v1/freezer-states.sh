# cgroup-v1: freezer.state: words, self and parent freezing
# cgroup: v1
cd /sys/fs/cgroup/freezer; ls; mkdir -p a/b; ls a | grep freezer; cat a/freezer.state; sleep 100 & p=$!; echo $p > a/b/tasks; echo FROZEN > a/freezer.state; until [ "$(cat a/freezer.state)" = FROZEN ]; do sleep 0.1; done; cat a/b/freezer.state a/freezer.self_freezing a/freezer.parent_freezing a/b/freezer.self_freezing a/b/freezer.parent_freezing; sed -n "s/^State:.//p" /proc/$p/status; for v in FREEZING frozen x "" THAWED; do echo "$v" > a/freezer.state; echo "exit $? $(cat a/freezer.state)"; done; kill $p
