# cgroup-v1: cgget, cgset and lscgroup on v1
# cgroup: v1
cgcreate -g cpu,pids:/t; lscgroup -g cpu:/ ; cgset -r cpu.shares=300 -r pids.max=7 t; cgget -n -v -r cpu.shares -r pids.max t; cgget -r nosuch t; echo $?; cgset -r cpu.shares=x t; echo $?; cgexec -g cpu,pids:t sh -c "grep -E 'pids|cpu,' /proc/self/cgroup | cut -d: -f2-"; cgdelete cpu,pids:t; echo $?; lssubsys -a | sort | head; lssubsys -m | grep pids
