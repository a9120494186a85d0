# cgroup-v1: lab 1: mkdir demo; ls demo; defaults; modes; only the root has some files
# cgroup: v1
cd /sys/fs/cgroup/cpu; pwd; pwd -P; mkdir demo; ls demo
ls -l demo | awk 'NR>1 {print $1, $3, $5, $NF}'; cd demo
cat cpu.cfs_quota_us cpu.cfs_period_us cpu.shares cpu.cfs_burst_us cpu.idle cpu.stat tasks cgroup.procs notify_on_release cgroup.clone_children
ls .. | grep -v -x -f <(ls); cat ../cpu.cfs_quota_us ../cpu.shares; cat ../release_agent; cd ..
rmdir demo; ls -d demo
