# cgroup-v2: cgroup.freeze: values; cgroup.events of parents and children
cd /sys/fs/cgroup; mkdir -p a/b; (echo 0 > a/b/cgroup.procs; exec sleep 100) & until grep -q . a/b/cgroup.procs; do sleep 0.1; done
e() { echo "$1" > "$2"; echo "$? $(cat "$2" 2>&1 | head -3)"; }
e 1 a/cgroup.freeze; until grep -q "frozen 1" a/cgroup.events; do sleep 0.1; done; cat a/cgroup.events a/b/cgroup.events a/b/cgroup.freeze; e 1 a/b/cgroup.freeze; e 0 a/cgroup.freeze; cat a/cgroup.events a/b/cgroup.events; e 0 a/b/cgroup.freeze; cat a/b/cgroup.events; for v in 2 -1 x "" 1x; do e "$v" a/cgroup.freeze; done; kill %1
