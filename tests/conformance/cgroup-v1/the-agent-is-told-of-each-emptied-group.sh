# cgroup-v1: release_agent: when it is called, with what, and how it is set
# cgroup: v1
cd /sys/fs/cgroup/pids; printf '#!/bin/sh\necho "agent $# $1 $(id -u) $(pwd) $(grep pids /proc/self/cgroup | cut -d: -f2-)" >> /tmp/log\n' > /tmp/ag; chmod +x /tmp/ag; told() { until [ "$(cat /tmp/log 2> /dev/null | wc -l)" = $1 ]; do sleep 0.1; done; tail -1 /tmp/log; }
echo /tmp/ag > release_agent; echo 1 > notify_on_release; mkdir a a/b; cat a/b/notify_on_release; sleep 60 & S=$!; echo $S > a/b/tasks; echo $S > tasks; told 1; rmdir a/b; told 2; echo $S > a/tasks; kill $S; told 3
sleep 60 & S=$!; echo 0 > a/notify_on_release; echo $S > a/tasks; echo $S > tasks; echo 1 > a/notify_on_release; echo /nosuch > release_agent; echo $S > a/tasks; echo $S > tasks; sleep 0.3; wc -l < /tmp/log; kill $S
ls a/release_agent; echo > release_agent; od -c < release_agent; echo $(printf 'x%.0s' {1..4094}) > release_agent; echo $?; wc -c < release_agent; echo $(printf 'x%.0s' {1..4095}) > release_agent; echo $?; su user -c 'echo x > release_agent'; mkdir /tmp/m; mount -t cgroup -o none,name=r,release_agent=/tmp/ag x /tmp/m; cat /tmp/m/release_agent
