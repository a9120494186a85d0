# /proc/PID: maps, smaps, syscall, stack and small files
sleep 100 & p=$!; sleep 0.2; cd /proc/$p
cut -c27-31 maps | sort | uniq -c | awk '$1 > 1 {print $2}'
grep -o '/usr/bin/sleep\|\[heap\]\|\[stack\]\|\[vvar\]\|\[vdso\]\|libc.so.6\|ld-linux-x86-64.so.2' maps | uniq
sed -n '2,4p; 9,24p' smaps | sed 's/ *[0-9]* kB/ N kB/'; head -1 smaps_rollup | sed 's/^[0-9a-f-]*/R/'
cut -d' ' -f1 syscall; cat wchan; echo; head -1 stack | sed 's/+.*//'; cat cpuset coredump_filter timerslack_ns patch_state timers arch_status
echo 0x3f > coredump_filter; cat coredump_filter; echo x > coredump_filter; echo 1 > timerslack_ns; cat timerslack_ns
ls attr; head -c 1 mem; echo; ls -l maps mem smaps stack syscall timerslack_ns clear_refs | cut -d' ' -f1,3,4,9
su user -c "cat /proc/$p/maps; cat /proc/$p/stack; cat /proc/1/syscall"; ls -l /proc/kcore | cut -c1-21
flock /tmp/lk sleep 9 & sleep 0.3; sed 's/[0-9]\{3,\}/N/g; s/fe:00:[0-9N]*/DEV/' /proc/locks
