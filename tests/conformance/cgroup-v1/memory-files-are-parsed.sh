# cgroup-v1: memory files are parsed
# cgroup: v1
cd /sys/fs/cgroup/memory; cat memory.swappiness memory.oom_control memory.use_hierarchy memory.move_charge_at_immigrate; mkdir x; cd x
for f in swappiness oom_control use_hierarchy move_charge_at_immigrate kmem.limit_in_bytes kmem.tcp.limit_in_bytes memsw.limit_in_bytes limit_in_bytes soft_limit_in_bytes failcnt max_usage_in_bytes force_empty; do for v in 0 1 60 201 foo -1 10M 5000 -1; do echo "+ $f $v"; echo $v > memory.$f; [ $f = force_empty ] || cat memory.$f; done; done
echo 10 > memory.swappiness; echo 1 > memory.oom_control; mkdir y; cat y/memory.{swappiness,oom_control,use_hierarchy,limit_in_bytes}
echo 1 > ../memory.oom_control; echo 0 > ../memory.force_empty; echo 5M > ../memory.limit_in_bytes; cat memory.pressure_level cgroup.event_control; echo '1 2' > cgroup.event_control
echo 50M > memory.limit_in_bytes; echo 40M > memory.memsw.limit_in_bytes; cat memory.memsw.limit_in_bytes; echo 60M > memory.memsw.limit_in_bytes; echo 70M > memory.limit_in_bytes; cat memory.memsw.limit_in_bytes memory.limit_in_bytes
grep -e hierarchical y/memory.stat; echo -1 > memory.memsw.limit_in_bytes; echo -1 > memory.limit_in_bytes; cat memory.limit_in_bytes
