stress -c 1 > /dev/null 2>&1 &
until pgrep -P $! > /dev/null; do sleep 0.1; done
for pid in $! $(pgrep -P $!); do echo $pid > /sys/fs/cgroup/demo/cgroup.procs; done
