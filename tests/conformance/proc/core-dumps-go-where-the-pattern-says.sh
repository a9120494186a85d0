# proc: core_pattern, core_uses_pid and what the letters stand for
cd /tmp; ulimit -c unlimited; cat /proc/sys/kernel/core_pattern /proc/sys/kernel/core_uses_pid
sh -c 'kill -ABRT $$' 2>/dev/null; echo $?; stat -c '%A %U %n' core*; rm core
echo '/tmp/core.%e.%s.%u.%g.%%.%q' > /proc/sys/kernel/core_pattern; sleep 50 & sleep 0.2; kill -SEGV $!; wait $! 2>/dev/null; ls core*; rm core*
echo 'c.%h.%E.%d' > /proc/sys/kernel/core_pattern; sleep 50 & sleep 0.2; kill -SEGV $!; wait $! 2>/dev/null; ls c.*; rm c.*
echo core > /proc/sys/kernel/core_pattern; echo 1 > /proc/sys/kernel/core_uses_pid
sleep 50 & p=$!; sleep 0.2; kill -SEGV $p; wait $p 2>/dev/null; ls core* | sed "s/$p/PID/"
