# cgroup-v2: cgroup.procs: what is refused
cd /sys/fs/cgroup; mkdir a
for v in x "" -1 99999 "1 2" 0x1 " 1000 "; do printf "[%s] " "$v"; (echo "$v" > a/cgroup.procs) 2>&1 | sed "s/.*write error: //"; echo; done; wc -l < a/cgroup.procs; cat a/cgroup.events
