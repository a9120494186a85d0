# cgroup-v2: the lines that the kernel logs when it kills for memory.max, in their order, but for the call trace
cd /sys/fs/cgroup; mkdir x; echo 20M > x/memory.max
( echo $BASHPID > x/cgroup.procs; exec tail /dev/zero ) 2> /dev/null
dmesg | sed -n '/invoked oom/,$p' | sed 's/^\[[^]]*\] //' | sed '/^Hardware name/d; /^Call Trace/,/<\/TASK>/d' | sed -E 's/CPU: [0-9]+/CPU: N/; s/[0-9]+kB/NkB/g; s/failcnt [0-9]+/failcnt N/; s/^( *)[a-z_0-9]+ [0-9]+$/&/; s/pid=[0-9]+/pid=N/; s/(PID: |process )[0-9]+/\1N/; s/^\[ +[0-9]+\].*tail$/[ tail ]/; s/^( *[a-z_]+) [0-9]+$/\1 N/'
