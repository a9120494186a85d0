# cgroup-v1: with the file writable, others' processes still may not be moved; the opener counts
# cgroup: v1
cd /sys/fs/cgroup/pids; mkdir c; chmod 666 c/tasks c/cgroup.procs; sleep 60 & S=$!; su user -c "echo $S > c/tasks; echo \$?; echo $S > c/cgroup.procs; echo \$?; echo 0 > c/tasks; echo \$?; grep pids /proc/self/cgroup; echo 0 > tasks"
exec 5> c/tasks; su user -c "echo $S >&5; echo \$?"; grep pids /proc/$S/cgroup; exec 5>&-; for v in -1 abc '' 999999 1.5 99999999999; do echo "$v" > c/tasks; echo "[$v] $?"; done; kill $S
