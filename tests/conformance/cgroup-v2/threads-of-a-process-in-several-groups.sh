# cgroup-v2: threads move one by one within their domain; a process that leaves takes all of them along
cd /sys/fs/cgroup; mkdir -p p/x p/y q; echo threaded > p/x/cgroup.type; echo threaded > p/y/cgroup.type
python3 -c '
import threading, time
for i in range(3): threading.Thread(target=time.sleep, args=(60,)).start()' & P=$!
until [ "$(ls /proc/$P/task | wc -l)" = 4 ]; do sleep 0.1; done; set -- $(ls /proc/$P/task)
name() { sed "s/^$P\$/T1/;s/^$B\$/T2/;s/^$C\$/T3/;s/^$D\$/T4/" | tr '\n' ' '; echo; }; B=$2 C=$3 D=$4
echo $B > p/x/cgroup.threads; echo "not in its domain: $?"
echo $P > p/cgroup.procs; echo $B > p/x/cgroup.threads; echo $C > p/y/cgroup.threads
for g in p p/x p/y; do echo "$g: $(name < $g/cgroup.threads)"; done; echo "processes: $(name < p/cgroup.procs)"
cat p/x/cgroup.procs; cat /proc/$P/task/$B/cgroup /proc/$P/cgroup
echo $B > q/cgroup.threads; echo "a thread out of its domain: $?"
echo $B > q/cgroup.procs; echo "the process: $?"; name < q/cgroup.threads; cat p/cgroup.events
echo $D > p/y/cgroup.procs; echo "a process into a threaded group: $?"; name < p/y/cgroup.threads; kill -9 $P
