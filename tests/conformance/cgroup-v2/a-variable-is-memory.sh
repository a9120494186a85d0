# cgroup-v2: a shell that keeps too much in a variable is killed
cd /sys/fs/cgroup; mkdir m; echo 20M > m/memory.max
bash -c 'echo $$ > m/cgroup.procs; x=$(head -c 5M /dev/zero | tr "\0" x); echo ${#x}'
bash -c 'echo $$ > m/cgroup.procs; x=$(head -c 60M /dev/zero | tr "\0" x); echo not here'; echo "status $?"
grep oom_kill m/memory.events
bash -c 'echo $$ > m/cgroup.procs; a=aaaaaaaaaa; while :; do a=$a$a; done'; echo "status $?"
grep oom_kill m/memory.events
cat m/cgroup.procs; rmdir m
