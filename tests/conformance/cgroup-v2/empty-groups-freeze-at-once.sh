# cgroup-v2: freezing a group without processes
cd /sys/fs/cgroup; mkdir -p a/b; cat a/cgroup.events; echo 1 > a/cgroup.freeze; cat a/cgroup.events a/b/cgroup.events; mkdir a/c; cat a/c/cgroup.events a/c/cgroup.freeze; rmdir a/b a/c; rmdir a; ls cgroup.freeze; cat cgroup.events
