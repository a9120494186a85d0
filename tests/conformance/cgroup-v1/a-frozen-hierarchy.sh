# cgroup-v1: a frozen hierarchy
# cgroup: v1
cd /sys/fs/cgroup/freezer; mkdir x; cat x/freezer.state x/freezer.self_freezing x/freezer.parent_freezing; sleep 100 & echo $! > x/tasks; echo FROZEN > x/freezer.state; sleep .1; cat x/freezer.state; ps -o stat -p $! | tail -1
mkdir x/y; cat x/y/freezer.state x/y/freezer.self_freezing x/y/freezer.parent_freezing; echo THAWED > x/y/freezer.state; cat x/y/freezer.state; kill -9 $!; sleep .1; ps -o stat -p $! | tail -1; echo THAWED > x/freezer.state; wait $!; echo $?
echo foo > x/freezer.state; cat freezer.state; ls | grep freezer; rmdir x/y x
