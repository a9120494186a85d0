# cgroup-v1: memory.swappiness, memory.use_hierarchy, memory.oom_control and what children take over
# cgroup: v1
cd /sys/fs/cgroup/memory; mkdir x; cat memory.swappiness x/memory.swappiness; for v in 0 100 200 201 -1 abc ""; do echo "$v" > x/memory.swappiness; echo "$? $(cat x/memory.swappiness)"; done
echo 10 > memory.swappiness; cat memory.swappiness /proc/sys/vm/swappiness; sysctl -qw vm.swappiness=30; cat memory.swappiness x/memory.swappiness; mkdir x/y z; cat x/y/memory.swappiness z/memory.swappiness
for v in 0 1 2 ""; do echo $v > x/memory.use_hierarchy; echo "$? $(cat x/memory.use_hierarchy)"; done
for v in 1 0 2 a; do echo $v > x/memory.oom_control; echo "$? $(head -1 x/memory.oom_control)"; done; echo 1 > memory.oom_control
echo 1 > x/memory.oom_control; mkdir x/w; head -qn1 x/w/memory.oom_control x/y/memory.oom_control memory.oom_control
for v in 0 3 4 -1; do echo $v > x/memory.move_charge_at_immigrate; echo "$? $(cat x/memory.move_charge_at_immigrate)"; done; echo 5M > x/memory.kmem.limit_in_bytes; cat x/memory.kmem.limit_in_bytes
dmesg | tail -3 | sed 's/^\[[^]]*\] //'
