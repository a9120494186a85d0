# cgroup-v2: cpuset.mems, and children whose sets have nothing in common with their parent
cd /sys/fs/cgroup; mkdir p; echo +cpuset > p/cgroup.subtree_control; mkdir p/q; cd p
e() { echo "$1" > "$2"; echo "$? $(cat "$2" 2>&1 | head -3)"; }
e 0 cpuset.cpus; e 1 q/cpuset.cpus; cat q/cpuset.cpus.effective; e 0-1 q/cpuset.cpus; cat q/cpuset.cpus.effective; e 0 cpuset.mems; e 1 cpuset.mems; e x cpuset.mems; cat cpuset.mems.effective q/cpuset.mems.effective; e "" cpuset.cpus; cat q/cpuset.cpus.effective; ls -1 /sys/fs/cgroup | grep ^cpuset
