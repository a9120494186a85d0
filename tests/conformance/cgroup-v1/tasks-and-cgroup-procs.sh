# cgroup-v1: writing to tasks and cgroup.procs, wrong values
# cgroup: v1
cd /sys/fs/cgroup/pids; mkdir a; sleep 100 & p=$!; echo $p > a/tasks; cat a/tasks a/cgroup.procs | sort -u | wc -l; for v in x "" -1 99999; do echo "$v" > a/tasks; echo "exit $?"; done; rmdir a; echo $p > cgroup.procs; kill $p; ls -l a | grep -E "tasks|procs" | cut -c1-10; (echo 0 > a/tasks; grep pids /proc/self/cgroup | cut -d: -f2-); rmdir a; echo $?
