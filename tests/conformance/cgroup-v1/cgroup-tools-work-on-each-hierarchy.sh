# cgroup-v1: cgcreate, cgset, cgget, cgexec, cgclassify, lscgroup, lssubsys and cgdelete
# cgroup: v1
cgcreate -a user:user -t user:user -g memory,cpu:demo
ls -ld /sys/fs/cgroup/memory/demo /sys/fs/cgroup/cpu/demo | cut -c-25
cgset -r memory.limit_in_bytes=100M demo
cgset -r cpu.cfs_quota_us=50000 -r cpu.shares=512 demo
cgget -r memory.limit_in_bytes -r cpu.cfs_quota_us -r cpu.shares demo
cgget -g cpu:demo -n | grep -v stat | grep '^cpu.c'
cgexec -g memory,cpu:demo cat /proc/self/cgroup | grep -E 'memory|cpu,'
cgexec -g memory:demo cat /proc/self/cgroup | grep -E 'memory|cpu,'
sleep 100 & p=$!
cgclassify -g cpu:demo $p; grep -E 'memory|cpu,' /proc/$p/cgroup
cgcreate -d 700 -f 600 -s 640 -g memory:demo/sub
ls -l /sys/fs/cgroup/memory/demo/sub/tasks /sys/fs/cgroup/memory/demo/sub/memory.limit_in_bytes | cut -c-25
lscgroup | grep demo
lscgroup memory:demo
lscgroup -g cpu,memory:demo
cgdelete memory:demo; echo $?
cgdelete -r memory,cpu:demo; echo $?
lscgroup | grep demo
cgdelete cpu:demo; echo $?
grep -E 'memory|cpu,' /proc/$p/cgroup
kill $p
lssubsys; echo $?
cgexec -g '*:demo' true; echo $?
cgset -r memory.max=1 demo; echo $?
cgget -r memory.limit_in_bytes nosuch; echo $?
cgcreate -g 'memory:../x'; echo $?
cgcreate -g '*:everywhere'; ls -d /sys/fs/cgroup/*/everywhere
