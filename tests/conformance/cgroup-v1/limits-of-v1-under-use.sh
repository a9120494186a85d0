# cgroup-v1: memory.limit_in_bytes and memory.memsw.limit_in_bytes below what is in use
# cgroup: v1
cd /sys/fs/cgroup/memory; mkdir x; ( echo $BASHPID > x/cgroup.procs; exec stress --vm 1 --vm-bytes 30M --vm-keep --vm-hang 0 -t 60 > /dev/null 2>&1 ) & until [ $(cat x/memory.usage_in_bytes) -gt 30000000 ]; do sleep .2; done
echo 10M > x/memory.limit_in_bytes; cat x/memory.limit_in_bytes; [ $(cat x/memory.failcnt) -gt 0 ] && echo failed; sed -n 3p x/memory.oom_control
echo 100M > x/memory.limit_in_bytes; echo 5M > x/memory.memsw.limit_in_bytes; kill %1; wait 2> /dev/null; until [ $(cat x/memory.usage_in_bytes) -lt 3000000 ]; do sleep .1; done
echo 10M > x/memory.limit_in_bytes; echo 9M > x/memory.memsw.limit_in_bytes; echo 10M > x/memory.memsw.limit_in_bytes; echo $?; echo 11M > x/memory.limit_in_bytes; echo -1 > x/memory.limit_in_bytes; echo -1 > x/memory.memsw.limit_in_bytes; echo $?; echo -1 > x/memory.limit_in_bytes; echo $?
echo 5M > memory.limit_in_bytes; echo 5M > memory.soft_limit_in_bytes; echo $?; rmdir x; echo $?
