# cgroup-v2: what can be written to cgroup.procs, and what cannot
cd /sys/fs/cgroup; mkdir a; for v in 1 0 +0 00 0x1 01 ' 1 ' '1 2' '' ' ' 1a x 99999999 2147483647 2147483648 99999999999999999999 -1; do echo "$v" > a/cgroup.procs; echo "[$v] $?"; done
echo 2 > a/cgroup.procs; echo "a thread of the kernel: $?"; sleep 0.1 & sleep 0.5; echo $! > a/cgroup.procs; echo "a zombie, or nobody: $?"
echo $$ >> a/cgroup.procs; echo "appended: $?"; : > a/cgroup.procs; echo "nothing: $?"; truncate -s 0 a/cgroup.procs; echo $?
