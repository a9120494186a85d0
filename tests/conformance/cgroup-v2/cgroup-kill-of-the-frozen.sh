# cgroup-v2: frozen trees can be killed; the group stays frozen
cd /sys/fs/cgroup; mkdir a; sleep 100 & p=$!; echo $p > a/cgroup.procs; echo 1 > a/cgroup.freeze; until grep -q "frozen 1" a/cgroup.events; do sleep 0.1; done; echo 1 > a/cgroup.kill; wait $p; echo $?; cat a/cgroup.events a/cgroup.freeze; rmdir a; echo $?
