# The charge does not move with the process, and goes to the parent when the cgroup is removed.
cd /sys/fs/cgroup; mkdir -p p/a p/b; echo +memory > p/cgroup.subtree_control
big() { [ $(cat $1) -gt 20000000 ] && echo "$1 big" || echo "$1 small"; }
bash -c 'echo $$ > p/a/cgroup.procs; exec stress --vm 1 --vm-bytes 30M --vm-keep -t 3' > /dev/null &
sleep 1; big p/a/memory.current; big p/b/memory.current; big p/memory.current
for p in $(cat p/a/cgroup.procs); do echo $p > p/b/cgroup.procs; done
big p/a/memory.current; big p/b/memory.current; cat p/a/cgroup.procs | wc -l
wait; big p/a/memory.current; big p/memory.peak; big p/a/memory.peak; big p/b/memory.peak
awk '$1 == "anon" { print ($2 < 1000000) ? "anon small" : "anon big" }' p/memory.stat
grep -c . p/a/memory.stat; head -3 p/b/memory.numa_stat
