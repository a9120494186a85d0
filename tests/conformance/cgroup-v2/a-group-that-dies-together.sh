cd /sys/fs/cgroup; mkdir x; echo 50M > x/memory.max; (echo $BASHPID > x/cgroup.procs; exec tail /dev/zero); echo $?; grep oom x/memory.events
echo 1 > x/memory.oom.group; (echo $BASHPID > x/cgroup.procs; sleep 60 & tail /dev/zero; echo not reached); echo $?; grep oom x/memory.events; cat x/cgroup.procs
