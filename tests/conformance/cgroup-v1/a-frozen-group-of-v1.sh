# cgroup-v1: freezer.state: what comes in freezes, what leaves thaws, nobody in it dies
# cgroup: v1
cd /sys/fs/cgroup/freezer; mkdir -p x/y; { sleep 100 & p=$!; } 2> /dev/null; echo $p > x/y/tasks; echo FROZEN > x/freezer.state; until grep -q FROZEN x/freezer.state; do sleep .1; done
grep State /proc/$p/status; kill -9 $p; sleep .2; grep State /proc/$p/status; cat x/y/freezer.state; echo THAWED > x/y/freezer.state; cat x/y/freezer.state x/y/freezer.self_freezing x/y/freezer.parent_freezing
sleep 100 & q=$!; echo $q > x/y/tasks; sleep .2; grep State /proc/$q/status; echo $q > tasks; sleep .2; grep State /proc/$q/status; rmdir x/y; ls freezer.state
echo THAWED > x/freezer.state; { wait $p; echo $?; } 2> /dev/null; kill $q
for v in "" FREEZING FROZE 1 frozen "FROZEN " " THAWED" "FROZEN x"; do echo "$v" > x/freezer.state; echo "$? $(cat x/freezer.state)"; done; echo 0 > x/freezer.self_freezing
