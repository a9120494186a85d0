# cgroup-v2: cgcreate enables controllers above the group; -a, -t, -d, -f
cgcreate -g memory:a/b/c
cat /sys/fs/cgroup/a/cgroup.subtree_control /sys/fs/cgroup/a/b/cgroup.subtree_control
cgcreate -g cpu,pids:a/b/c
cat /sys/fs/cgroup/a/cgroup.subtree_control
cgcreate -a user:user -t user:user -g memory:own
ls -ld /sys/fs/cgroup/own | cut -c-25
ls -l /sys/fs/cgroup/own/cgroup.procs /sys/fs/cgroup/own/memory.max | cut -c-25
cgcreate -d 700 -f 640 -g memory:private
ls -ld /sys/fs/cgroup/private | cut -c-25
ls -l /sys/fs/cgroup/private/cgroup.procs /sys/fs/cgroup/private/cgroup.events | cut -c-25
cgcreate -a nobody -g memory:n && stat -c '%U %G' /sys/fs/cgroup/n/cgroup.procs
cgcreate -a nosuch:user -g memory:x; echo $?
cgcreate -a user:nosuch -g memory:x; echo $?
cgcreate -d xyz -g memory:x; echo $?
su user -c 'cgset -r memory.max=1M own; cgexec -g memory:own true; echo $?; cgcreate -g memory:own/sub; echo $?'
su user -c 'cgdelete memory:own; echo $?; cgcreate -g memory:more; echo $?'
lscgroup | sed 's/.*://'
lscgroup memory:a | sed 's/.*://'
lscgroup -g memory:/own cpu:a/b | sed 's/.*://'
