# cgroup-v2: cgroup.kill: mode, values, the whole tree dies
cd /sys/fs/cgroup; mkdir -p a/b; stat -c "%A %n" a/cgroup.kill; cat a/cgroup.kill; sleep 100 & p=$!; sleep 100 & q=$!; echo $p > a/cgroup.procs; echo $q > a/b/cgroup.procs
for v in 0 2 x "" -1; do echo "$v" > a/cgroup.kill; echo "exit $?"; done; echo 1 > a/cgroup.kill; echo "exit $?"; until grep -q "populated 0" a/cgroup.events; do sleep 0.1; done; ps -o args= -p $p,$q; cat a/cgroup.events; ls cgroup.kill
