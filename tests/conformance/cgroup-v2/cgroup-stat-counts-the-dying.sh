# cgroup-v2: cgroup.stat of a tree
cd /sys/fs/cgroup; mkdir -p a/b/c a/d; cat a/cgroup.stat; cat a/b/cgroup.stat; rmdir a/b/c; grep nr_desc a/cgroup.stat; echo 1 > a/cgroup.stat; echo "exit $?"; stat -c %A a/cgroup.stat a/cgroup.procs a/cgroup.threads a/cgroup.type a/cgroup.events
