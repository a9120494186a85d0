# cgroup-v2: EINVAL, ENOENT and EBUSY of cgroup.subtree_control
cd /sys/fs/cgroup; mkdir -p s/a/b; for v in cpu + '+ cpu' +bogus +freezer +devices +cpuacct +perf_event -perf_event '+cpu +bogus' '+cpu -cpu' '-cpu +cpu' '  -cpu   +pids  ' ''; do echo "$v" > s/cgroup.subtree_control; echo "[$v] $? $(cat s/cgroup.subtree_control)"; done
echo +cpu > s/a/cgroup.subtree_control; echo "not given by the parent: $?"; echo +pids > s/a/cgroup.subtree_control; echo -pids > s/cgroup.subtree_control; echo "in use below: $?"
sleep 60 & echo $! > s/a/cgroup.procs; echo "a process where children have controllers: $?"; echo -pids > s/a/cgroup.subtree_control; echo +memory > s/cgroup.subtree_control
echo $! > s/a/cgroup.procs; echo +memory > s/a/cgroup.subtree_control; echo "controllers where a process is: $?"; echo +pids > s/a/cgroup.subtree_control; echo "a threaded one: $?"; echo memory > s/cgroup.controllers; echo $?; kill $!
