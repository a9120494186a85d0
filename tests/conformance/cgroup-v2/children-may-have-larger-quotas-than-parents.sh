# cgroup-v2: v2 takes any quota below; the tightest counts
cd /sys/fs/cgroup; mkdir p; echo +cpu > p/cgroup.subtree_control; mkdir p/q; echo "10000 100000" > p/cpu.max; echo "90000 100000" > p/q/cpu.max; echo "exit $?"; cat p/cpu.max p/q/cpu.max; echo "1000 100000" > p/cpu.max; echo "exit $?"
