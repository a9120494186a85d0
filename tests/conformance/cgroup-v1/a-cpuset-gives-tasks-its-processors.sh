# cgroup-v1: a cpuset gives tasks its processors
# cgroup: v1
cd /sys/fs/cgroup/cpuset; mkdir -p x/y
for d in x x/y; do echo 0 > $d/cpuset.mems; echo 0-1 > $d/cpuset.cpus; done; echo 1 > x/y/cpuset.cpus
echo $$ > x/y/tasks; grep Cpus_allowed_list /proc/self/status; cat /proc/self/cpuset; taskset -pc 0 $$ | sed "s/$$/PID/"; taskset -c 0 true; nproc
echo 0 > x/y/cpuset.cpus; nproc; grep Cpus_allowed_list /proc/self/status; rmdir x/y; echo $$ > tasks; grep Cpus_allowed_list /proc/self/status; rmdir x/y x; ls -d x
echo 1 > cgroup.clone_children; mkdir w; cat w/cpuset.cpus w/cpuset.mems w/cgroup.clone_children; echo $$ > w/tasks; grep -c . w/tasks
