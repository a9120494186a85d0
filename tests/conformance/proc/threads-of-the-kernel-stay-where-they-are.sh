# proc: binding, renicing and moving threads of the kernel, and tracing them
cd /sys/fs/cgroup; mkdir a; for p in 2 3 16; do echo $p > a/cgroup.procs; echo $?; done; echo 35 > a/cgroup.procs; echo $?; cat a/cgroup.procs /proc/35/cgroup
echo 1 > a/cgroup.freeze; grep -x frozen.* a/cgroup.events; echo 3 > a/cgroup.threads; echo 2 > cgroup.procs; echo 35 > cgroup.procs; cat /proc/35/cgroup; rmdir a
head -3 cgroup.procs; grep -c . cgroup.procs | grep -c '^[4-9].$'
taskset -p 2; taskset -p 1 2; taskset -p 1 3; taskset -p 1 16; taskset -cp 0 35; taskset -cp 35
renice -n 6 -p 35; renice -n 3 -p 3; ps -o pid,ni,stat,comm -p 3,35
chrt -p 16; chrt -p -f 5 35; chrt -p 35; chrt -p -o 0 16; chrt -p 16
prlimit -p 2 --nofile --noheadings; prlimit -p 2 --nofile=100:200; prlimit -p 2 --nofile --noheadings; ionice -p 2; ionice -c 3 -p 35; ionice -p 35
strace -p 2; nsenter -t 2 -m -u -i -n -p -C true; echo $?; nsenter -t 2 -r -w pwd; nsenter -t 26 -m ls / | grep -x null
unshare -pf --mount-proc ps -e -o pid,comm; unshare -pf bash -c 'echo 500 > /proc/sys/kernel/ns_last_pid; ps; echo $?; ps --version; echo $?'; unshare -pf ps -p 1 -o comm=
