# cgroup-v2: memory.events counts what happens below, memory.events.local does not
cd /sys/fs/cgroup; mkdir -p p/c; echo +memory > p/cgroup.subtree_control; echo 20M > p/memory.max
( echo $BASHPID > p/c/cgroup.procs; exec tail /dev/zero ) 2> /dev/null; echo $?
for f in p/memory.events p/memory.events.local p/c/memory.events p/c/memory.events.local; do echo $f $(grep -w -e oom -e oom_kill $f) $(awk '$1 == "max" { print ($2 > 0) ? "hit" : "not hit" }' $f); done
[ $(cat p/memory.peak) -gt 20000000 ] && [ $(cat p/c/memory.peak) -gt 20000000 ] && echo peaks
mount -o remount,memory_localevents none /sys/fs/cgroup 2> /dev/null; grep -o memory_localevents /proc/self/mountinfo; for f in p/memory.events p/c/memory.events; do echo $f $(grep -w oom_kill $f); done
