# cgroup-v1: every controller has its files
# cgroup: v1
# The files of each hierarchy and of a new group in it with their modes, and what they say at first.
cd /sys/fs/cgroup
for c in cpuset memory blkio net_cls devices hugetlb perf_event pids; do
  echo "### $c"; ls -l $c/ | awk '{print $1,$9}'; mkdir $c/x; echo "# x"; ls -l $c/x | awk '{print $1,$9}'
  for f in $c/x/*; do case $f in *ifpriomap) ;; *) echo "== $f"; head -60 $f 2>&1;; esac; done
done; cat /proc/cgroups
