# cgroup-v2: cpuset.cpus, effective values, nproc, taskset against it, errors
cd /sys/fs/cgroup; mkdir s; cat s/cpuset.cpus s/cpuset.cpus.effective s/cpuset.mems.effective
echo 1 > s/cpuset.cpus; cat s/cpuset.cpus s/cpuset.cpus.effective
(echo $BASHPID > s/cgroup.procs; nproc; grep Cpus_allowed_list /proc/self/status; taskset -c 0 nproc 2>&1 | sed 's/pid [0-9]*/pid N/'; taskset -cp $BASHPID | sed 's/^.*: //')
echo 0-1 > s/cpuset.cpus; cat s/cpuset.cpus; echo 7 > s/cpuset.cpus; echo "status $?"
cat s/cpuset.cpus s/cpuset.cpus.effective; echo x > s/cpuset.cpus; echo "status $?"
echo > s/cpuset.cpus; cat s/cpuset.cpus.effective; cat s/cpuset.cpus.partition; nproc
