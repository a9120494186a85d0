# cgroup-v1: memory.move_charge_at_immigrate
# cgroup: v1
cd /sys/fs/cgroup/memory; mkdir a b c; echo 1 > b/memory.move_charge_at_immigrate; echo 1 > c/memory.move_charge_at_immigrate; echo 20M > c/memory.limit_in_bytes
( echo $BASHPID > a/tasks; exec stress --vm 1 --vm-bytes 30M --vm-keep --vm-hang 0 -t 60 > /dev/null 2>&1 ) & sleep 2
all() { [ $(cat $1/memory.usage_in_bytes) -gt 30000000 ] && echo $1 has it; }
until all a; do sleep .2; done; all b
for p in $(cat a/tasks); do echo $p > b/tasks; done; sleep .3; all a; all b
for p in $(cat b/tasks); do echo $p > a/tasks; done; sleep .3; all a; all b
for p in $(cat a/tasks); do echo $p > b/tasks; done
for p in $(cat b/tasks); do echo $p > c/tasks; done 2>&1 | sed 's/line .*echo/echo/' | sort -u; wc -l < c/tasks
kill %1; wait 2> /dev/null
