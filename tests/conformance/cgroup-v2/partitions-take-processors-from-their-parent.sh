cd /sys/fs/cgroup; mkdir x
try() { echo "+ $*"; eval "$*" 2>&1; echo "x: $(cat x/cpuset.cpus.partition) / $(cat x/cpuset.cpus.effective) root: $(cat cpuset.cpus.effective)"; }
try "echo root > x/cpuset.cpus.partition"
try "echo 0 > x/cpuset.cpus"
try "echo root > x/cpuset.cpus.partition"
try "echo member > x/cpuset.cpus.partition"
try "echo root > x/cpuset.cpus.partition"
grep Cpus_allowed_list /proc/self/status; nproc
try "echo isolated > x/cpuset.cpus.partition"
mkdir y; try "echo 0 > y/cpuset.cpus"; cat y/cpuset.cpus.effective
try "echo 1 > y/cpuset.cpus"; try "echo root > y/cpuset.cpus.partition"; cat y/cpuset.cpus.partition
try "echo 0-1 > x/cpuset.cpus"; try "echo 1 > x/cpuset.cpus"
rmdir y; try "echo 0-1 > x/cpuset.cpus"; try "echo 0 > x/cpuset.cpus"
try "echo member > x/cpuset.cpus.partition"; try "echo 0-1 > x/cpuset.cpus"; try "echo root > x/cpuset.cpus.partition";  try "echo '' > x/cpuset.cpus"
try "echo 1 > x/cpuset.cpus"; mkdir x/z; echo +cpuset > x/cgroup.subtree_control; try "echo root > x/cpuset.cpus.partition"; echo 1 > x/z/cpuset.cpus; echo root > x/z/cpuset.cpus.partition; cat x/z/cpuset.cpus.partition x/z/cpuset.cpus.effective x/cpuset.cpus.effective
try "echo foo > x/cpuset.cpus.partition"; sleep 20 & echo $! > x/cgroup.procs; try "echo member > x/cpuset.cpus.partition"; rmdir x/z; try true; kill $!; wait; rmdir x; cat cpuset.cpus.effective
