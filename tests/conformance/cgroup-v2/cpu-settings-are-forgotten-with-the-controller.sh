# cgroup-v2: settings begin anew when the controller is switched on again
cd /sys/fs/cgroup; mkdir a a/b; echo +cpu > a/cgroup.subtree_control; echo 500 > a/b/cpu.weight; echo "5000 20000" > a/b/cpu.max; cat a/b/cpu.weight a/b/cpu.max
echo -cpu > a/cgroup.subtree_control; cat a/b/cpu.weight; echo +cpu > a/cgroup.subtree_control; cat a/b/cpu.weight a/b/cpu.max
