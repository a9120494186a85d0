# cgroup-v1: cpu_exclusive among siblings, parents and children; what cannot be changed in the root
# cgroup: v1
cd /sys/fs/cgroup/cpuset; mkdir s s/t u; t() { echo "$1" > $2; echo "$2=$1 $?"; }; t 0-1 s/cpuset.cpus; t 1 s/t/cpuset.cpus; t 0 s/cpuset.cpus; t 1 s/t/cpuset.cpu_exclusive; t 1 s/cpuset.cpu_exclusive; t 1 s/t/cpuset.cpu_exclusive; t 0 s/cpuset.cpu_exclusive
t 1 u/cpuset.cpus; t 0 s/t/cpuset.cpu_exclusive; t 0 s/cpuset.cpu_exclusive; t 1 u/cpuset.cpus; t 1 u/cpuset.cpu_exclusive; t 0 cpuset.cpus; t 0 cpuset.mems; t 0 cpuset.cpu_exclusive; t 0 cpuset.mem_exclusive
for v in 2 -1 a '' 0x1 ' 1'; do t "$v" u/cpuset.memory_migrate; done; for v in -2 -1 0 2 5 6 a ' 1'; do t "$v" u/cpuset.sched_relax_domain_level; done; t 1 u/cpuset.memory_pressure; t 1 u/cpuset.memory_pressure_enabled; t 0 cpuset.effective_cpus; head -1 u/cpuset.m* u/cpuset.sched*
