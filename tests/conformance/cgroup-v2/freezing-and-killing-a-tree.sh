cd /sys/fs/cgroup; mkdir x; sleep 100 & P=$!; echo $P > x/cgroup.procs; cat x/cgroup.events; echo 1 > x/cgroup.freeze; sleep .1; cat x/cgroup.freeze x/cgroup.events; ps -o stat,comm -p $P; grep State /proc/$P/status
mkdir x/y; cat x/y/cgroup.freeze; grep frozen x/y/cgroup.events; echo 0 > x/cgroup.freeze; echo 2 > x/cgroup.freeze; echo foo > x/cgroup.freeze; echo 1 > cgroup.freeze; grep frozen x/cgroup.events
echo 1 > x/cgroup.kill; wait $P; echo $?; echo 0 > x/cgroup.kill; cat x/cgroup.kill; cat x/cgroup.events; echo 1 > cgroup.kill
