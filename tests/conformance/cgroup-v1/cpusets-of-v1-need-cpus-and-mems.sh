# cgroup-v1: joining an empty cpuset: ENOSPC; subsets; exclusive
# cgroup: v1
cd /sys/fs/cgroup/cpuset; mkdir a; echo $$ > a/tasks; echo "exit $?"; echo 0 > a/cpuset.cpus; echo $$ > a/tasks; echo "exit $?"; echo 0 > a/cpuset.mems; (echo 0 > a/tasks; echo "exit $?"; nproc; cat /proc/self/cpuset); mkdir a/b; echo 1 > a/b/cpuset.cpus; echo "exit $?"; echo 0 > a/b/cpuset.cpus; echo 1 > a/cpuset.cpus; echo "exit $?"; mkdir c; echo 1 > c/cpuset.cpus; echo 1 > a/cpuset.cpu_exclusive; echo "exit $?"; echo 0-1 > c/cpuset.cpus; echo "exit $?"; echo 3 > c/cpuset.cpus; echo "exit $?"; ls a
