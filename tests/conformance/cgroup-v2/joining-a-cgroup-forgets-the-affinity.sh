# cgroup-v2: a move under the cpuset controller resets what taskset has set
cd /sys/fs/cgroup; mkdir a; l() { grep Cpus_allowed_list /proc/self/status; }
taskset -cp 1 $BASHPID > /dev/null; l
(l; echo $BASHPID > a/cgroup.procs; l; nproc; taskset -cp 0 $BASHPID > /dev/null; l; echo 1 > a/cpuset.cpus; l; echo > a/cpuset.cpus; l)
l
