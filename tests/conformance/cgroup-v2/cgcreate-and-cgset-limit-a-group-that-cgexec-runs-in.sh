# cgroup-v2: cgcreate, cgset, cgget, cgexec and cgdelete as tutorials type them
cgcreate -g cpu,memory:demo && ls -d /sys/fs/cgroup/demo
cgset -r memory.max=100M -r cpu.max="50000 100000" demo
cat /sys/fs/cgroup/demo/memory.max /sys/fs/cgroup/demo/cpu.max
cgget -r memory.max -r cpu.max demo
cgget -nvr memory.max demo
cgget -v -r memory.max demo
cgexec -g memory,cpu:demo cat /proc/self/cgroup
cgexec -g memory:demo sh -c 'echo inside; exit 3'; echo $?
cgexec -g '*:demo' --sticky cat /proc/self/cgroup
cgexec -g memory:demo -g cpu:/ cat /proc/self/cgroup
cgdelete cpu,memory:demo; echo $?
ls -d /sys/fs/cgroup/demo
