# cgroup-v2: cgroup.max.depth and cgroup.max.descendants refuse mkdir with EAGAIN
cd /sys/fs/cgroup; mkdir a; cd a
e() { echo "$1" > "$2"; echo "$? $(cat "$2" 2>&1 | head -3)"; }
cat cgroup.max.depth cgroup.max.descendants; e 1 cgroup.max.depth; mkdir b; mkdir b/c; e max cgroup.max.depth; mkdir b/c; e 2 cgroup.max.descendants; mkdir d; cat cgroup.stat; e 0 cgroup.max.depth; mkdir e; for v in -1 x "" 2147483648; do e "$v" cgroup.max.descendants; done; rmdir b/c; cat cgroup.stat
