# cgroup-v2: a CPU quota by hand: a group, half a processor, a busy loop in it, and what cpu.stat counts
cd /sys/fs/cgroup; cat cgroup.controllers; cat cgroup.subtree_control; mkdir demo; ls demo | grep cpu; cat demo/cpu.max demo/cpu.weight
echo "50000 100000" > demo/cpu.max; cat demo/cpu.max
sh -c 'echo $$ > demo/cgroup.procs; grep -c . demo/cgroup.procs; cat /proc/self/cgroup; timeout 2 sh -c "while :; do :; done"; echo $?'
awk '/^nr_periods/ { p = $2 } /^nr_throttled/ { t = $2 } /^usage_usec/ { u = $2 } /^throttled_usec/ { d = $2 } END { print (p > 15), (t > 10), (u <= 50000 * (p + 2)), (d > 500000) }' demo/cpu.stat
echo 10000 > demo/cpu.max; cat demo/cpu.max; echo "max 50000" > demo/cpu.max; cat demo/cpu.max; echo 999 > demo/cpu.max; echo "half" > demo/cpu.max; echo max > demo/cpu.max; cat demo/cpu.max
echo 0 > demo/cgroup.procs; cat /proc/$$/cgroup; rmdir demo; echo $$ > cgroup.procs; rmdir demo; ls -d demo
