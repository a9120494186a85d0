# proc: core_pattern with a bar starts a program that reads the dump, whatever the limit
cd /tmp; ulimit -c 0
echo '|/usr/bin/tee /tmp/piped' > /proc/sys/kernel/core_pattern
sleep 50 & sleep 0.2; kill -SEGV $!; wait $! 2>/dev/null; until [ -s piped ]; do sleep 0.1; done; head -c 4 piped | od -An -c
echo '|/nosuch %e' > /proc/sys/kernel/core_pattern
sleep 50 & sleep 0.2; kill -SEGV $!; wait $! 2>/dev/null; echo $?; ls core 2>&1
