# cgroup-v1: cpusets lie within their parents
# cgroup: v1
cd /sys/fs/cgroup/cpuset
try() { echo "+ $*"; eval "$*" 2>&1; }
sleep 100 & P=$!
cat cpuset.{cpus,mems,cpu_exclusive,mem_exclusive,memory_pressure_enabled,sched_relax_domain_level}; mkdir x
try "echo $P > x/tasks" | sed "s/$P/PID/"; try "echo 0 > x/cpuset.mems"; try "echo 0-1 > x/cpuset.cpus"; try "echo $P > x/tasks" | sed "s/$P/PID/"; mkdir x/y
for v in 0 1 0-3 foo "" 2 "0,1" "0-1:1/2" "all"; do try "echo '$v' > x/y/cpuset.cpus"; cat x/y/cpuset.cpus x/y/cpuset.effective_cpus; done
try "echo '' > x/cpuset.cpus"; try "echo 0 > x/cpuset.cpus"; cat x/cpuset.cpus; try "echo 1 > x/y/cpuset.cpus"; try "echo '' > x/cpuset.mems"; try "echo 1 > x/cpuset.mems"
for f in cpu_exclusive mem_exclusive mem_hardwall memory_migrate memory_pressure memory_spread_page sched_load_balance sched_relax_domain_level; do for v in 1 0 2 foo -1; do try "echo $v > x/cpuset.$f"; cat x/cpuset.$f; done; done
mkdir z; try "echo 1 > x/cpuset.cpu_exclusive"; try "echo 0 > z/cpuset.cpus"; try "echo 1 > cpuset.cpus"; try "echo 1 > cpuset.memory_pressure_enabled"; cat cpuset.memory_pressure_enabled
kill $P
