# cgroup-v2: pids counts zombies, also in a cgroup that was removed, and a refused fork uses up a number
cd /sys/fs/cgroup; mkdir a a/z; echo +pids > a/cgroup.subtree_control
bash -c 'echo $$ > a/z/cgroup.procs; sleep 0.1 & exec sleep 20' & p=$!
until z=$(ps --ppid $p -o pid=,stat= | awk '/Z/ { print $1 }'); [ "$z" ]; do sleep 0.1; done
cat a/z/pids.current a/pids.current; wc -l < a/z/cgroup.procs; cat /proc/$z/cgroup
echo $p > cgroup.procs; cat a/z/pids.current a/pids.current a/pids.peak a/z/cgroup.events; cat /proc/$z/cgroup
echo $z > a/z/cgroup.procs; rmdir a/z; echo $?; cat a/pids.current /proc/$z/cgroup; mkdir a/z; cat a/z/pids.current a/pids.current /proc/$z/cgroup
rmdir a/z a; cat /proc/$z/cgroup; unshare -C cat /proc/$z/cgroup; kill $p; wait $p 2> /dev/null; echo $?
mkdir p; echo 1 > p/pids.max; unshare -pf --mount-proc sh -c 'sh -c "echo \$\$ > p/cgroup.procs; (:); echo unreached"; echo $?; sh -c "echo \$\$"; cat p/pids.events p/pids.current'
