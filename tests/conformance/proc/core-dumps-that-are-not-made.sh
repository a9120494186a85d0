# proc: limits, places and programs without a core dump
cd /tmp; chmod 4755 /tmp 2>/dev/null; chmod 1777 /tmp
ulimit -c 0; bash -c 'kill -SEGV $$' 2>/dev/null; echo $?; ls core 2>&1
ulimit -c unlimited; mkdir d; chmod 555 d
su user -c 'cd /tmp/d; sh -c "kill -SEGV \$\$" 2>/dev/null; ls -A'
cp /bin/sleep s; chmod 4755 s; su user -c 'cd; /tmp/s 20 & sleep 0.2; kill -SEGV $!; wait $! 2>/dev/null; ls core 2>&1'
su user -c 'ulimit -c unlimited; cd; sleep 20 & sleep 0.2; kill -SEGV $!; wait $! 2>/dev/null; stat -c "%A %U" core'
ln -s /tmp/x core; sleep 20 & sleep 0.2; kill -SEGV $!; wait $! 2>/dev/null; stat -c %F core; ls x 2>&1; rm core
mkdir core; sleep 20 & sleep 0.2; kill -SEGV $!; wait $! 2>/dev/null; stat -c %F core; rmdir core
echo old > core; chmod 400 core; sleep 20 & sleep 0.2; kill -SEGV $!; wait $! 2>/dev/null; stat -c '%A' core
