# cgroup-v1: pids.max in a hierarchy of its own
# cgroup: v1
cd /sys/fs/cgroup/pids; ls | grep pids; mkdir a; ls a | grep pids; cat a/pids.max; echo 1 > a/pids.max; (echo 0 > a/tasks; /bin/true) 2>&1 | sed "s/line [0-9]*/line N/" | tail -1; cat a/pids.events; echo x > a/pids.max; echo "exit $?"; echo max > a/pids.max; cat a/pids.max
