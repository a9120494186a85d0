# cgroup-v2: cgroup.type threaded, domain threaded, domain invalid; cgroup.threads
cd /sys/fs/cgroup; mkdir -p d/t d/u; cat d/cgroup.type; echo threaded > d/t/cgroup.type
cat d/cgroup.type d/t/cgroup.type d/u/cgroup.type; cat d/u/cgroup.procs; echo "status $?"
echo $$ > d/u/cgroup.procs; echo "status $?"; echo domain > d/t/cgroup.type; echo "status $?"
echo nosuch > d/t/cgroup.type; echo "status $?"; cat d/t/cgroup.procs; echo "status $?"
cat d/t/cgroup.threads; cat cgroup.threads | grep -c ^$$; rmdir d/t; cat d/cgroup.type
cat d/cgroup.stat | sed 's/nr_dying.*/nr_dying_descendants N/'
