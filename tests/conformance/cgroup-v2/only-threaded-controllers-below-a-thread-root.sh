# cgroup-v2: a threaded subtree has cpu, cpuset and pids, and the files of no others
cd /sys/fs/cgroup; mkdir -p r/t; echo threaded > r/t/cgroup.type
for c in cpu cpuset pids memory io hugetlb perf_event; do echo +$c > r/cgroup.subtree_control; echo "$c $?"; done
cat r/cgroup.subtree_control r/t/cgroup.controllers; ls r/t | cut -d. -f1 | sort -u
echo +memory > r/t/cgroup.subtree_control; echo $?; echo +pids > r/t/cgroup.subtree_control; echo $?
mkdir r/d; echo '-cpu -cpuset -pids' > r/cgroup.subtree_control; rmdir r/t r/d; cat r/cgroup.type
mkdir r/m; echo +memory > r/cgroup.subtree_control; echo threaded > r/m/cgroup.type; echo "beside memory: $?"
mkdir t; echo threaded > t/cgroup.type; echo "below the root: $?"; cat cgroup.subtree_control; ls t | cut -d. -f1 | sort -u; cat t/memory.max
