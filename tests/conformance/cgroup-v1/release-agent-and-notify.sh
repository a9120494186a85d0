# cgroup-v1: release_agent is of the root; notify_on_release is inherited
# cgroup: v1
cd /sys/fs/cgroup/pids; ls release_agent; cat notify_on_release; mkdir a; ls a | grep -E "release|clone"; echo 1 > a/notify_on_release; mkdir a/b; cat a/b/notify_on_release; echo 2 > a/notify_on_release; echo "exit $?"; cat a/notify_on_release; echo x > a/notify_on_release; echo "exit $?"; echo /bin/agent > release_agent; cat release_agent; echo > release_agent; cat release_agent
