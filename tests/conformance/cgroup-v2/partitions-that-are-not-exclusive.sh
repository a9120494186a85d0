# cgroup-v2: cpuset.cpus.partition is invalid while a sibling wants the same, and heals
cd /sys/fs/cgroup; mkdir a b; show() { echo "$1: a=$(cat a/cpuset.cpus.partition) b=$(cat b/cpuset.cpus.partition) left=$(cat cpuset.cpus.effective)"; }
echo root > a/cpuset.cpus.partition; show 'no CPUs'; echo 0 > a/cpuset.cpus; show 'CPU 0'; echo member > a/cpuset.cpus.partition
echo root > a/cpuset.cpus.partition; show 'again'; echo 0-1 > b/cpuset.cpus; show 'b takes both'
echo root > b/cpuset.cpus.partition; show 'b too'; echo 1 > b/cpuset.cpus; show 'b takes the other'
echo member > b/cpuset.cpus.partition; echo 0-1 > a/cpuset.cpus; show 'a wants both'; echo 0 > a/cpuset.cpus; show 'a is modest'
echo member > a/cpuset.cpus.partition; echo isolated > a/cpuset.cpus.partition; show isolated; rmdir a; cat cpuset.cpus.effective
for v in foo '' Root ' root '; do echo "$v" > b/cpuset.cpus.partition; echo "[$v] $?"; done; cat cpuset.cpus.partition
