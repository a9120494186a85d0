# cgroup-v2: a limit of the parent holds for all below it; events are counted where the limit is hit
cd /sys/fs/cgroup; mkdir p p/q; echo +pids > p/cgroup.subtree_control; mkdir p/r; echo 2 > p/pids.max; (echo 0 > p/q/cgroup.procs; exec sleep 100) & (echo 0 > p/r/cgroup.procs; exec sleep 100) &
until [ "$(cat p/pids.current)" = 2 ]; do sleep 0.1; done; cat p/q/pids.current p/r/pids.current
(echo 0 > p/q/cgroup.procs; echo "joined $?"); cat p/pids.events p/q/pids.events; kill %1 %2; wait; cat p/pids.current
