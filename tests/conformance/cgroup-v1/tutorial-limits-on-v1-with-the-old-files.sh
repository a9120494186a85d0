# cgroup-v1: the files of older tutorials: memory.limit_in_bytes, cpu.cfs_quota_us, cpu.shares, tasks
# cgroup: v1
cd /sys/fs/cgroup; ls -d memory cpu cpuacct pids cpuset freezer; readlink cpu cpuacct; mkdir memory/demo cpu/demo
echo 50M > memory/demo/memory.limit_in_bytes; cat memory/demo/memory.limit_in_bytes; echo 0 > memory/demo/memory.swappiness; cat memory/demo/memory.swappiness
sh -c 'echo $$ > memory/demo/tasks; cat memory/demo/tasks | wc -l; grep memory /proc/self/cgroup; python3 -c "x = bytearray(80 * 1024 * 1024)"; echo $?'
cat memory/demo/memory.failcnt | grep -qx 0 || echo failed; grep oom_kill memory/demo/memory.oom_control; dmesg | grep -c 'Memory cgroup out of memory'; dmesg | grep -o 'Memory cgroup out of memory: Killed process'
cat cpu/demo/cpu.cfs_period_us cpu/demo/cpu.cfs_quota_us cpu/demo/cpu.shares; echo 20000 > cpu/demo/cpu.cfs_quota_us; echo 512 > cpu/demo/cpu.shares; cat cpu/demo/cpu.cfs_quota_us cpu/demo/cpu.shares
sh -c 'echo $$ > cpu/demo/tasks; timeout 1 sh -c "while :; do :; done"'; awk '/nr_throttled/ { print ($2 > 5) }' cpu/demo/cpu.stat; u=$(cat cpuacct/demo/cpuacct.usage); awk -v u=$u '/nr_periods/ { print (u > 100000000), (u <= 20000000 * ($2 + 2)) }' cpu/demo/cpu.stat
echo 500 > cpu/demo/cpu.cfs_quota_us; echo -1 > cpu/demo/cpu.cfs_quota_us; cat cpu/demo/cpu.cfs_quota_us; rmdir memory/demo cpu/demo; ls -d cpuacct/demo
