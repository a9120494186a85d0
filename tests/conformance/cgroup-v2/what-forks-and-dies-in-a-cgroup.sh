# cgroup-v2: children are born in their parent's cgroup; the dead leave; zombies are not listed
cd /sys/fs/cgroup; mkdir g
(echo $BASHPID > g/cgroup.procs; cat /proc/self/cgroup; (cat /proc/self/cgroup) & wait; bash -c 'sleep 60 & sleep 61 &'; wc -l < g/cgroup.procs)
ps -o args= -p $(paste -sd, g/cgroup.procs) | sort; cat g/cgroup.events; pkill sleep
until grep -q 'populated 0' g/cgroup.events; do sleep 0.1; done; wc -l < g/cgroup.procs
cat g/cgroup.stat | head -1; bash -c 'echo $$ > g/cgroup.procs; exec true'; cat g/pids.current
echo $$ > g/cgroup.procs; sleep 50 & echo $$ > cgroup.procs; cat /proc/$!/cgroup /proc/self/cgroup
rmdir g; echo "status $?"; kill $!; wait $!; rmdir g; cat /proc/$$/cgroup
