# cgroup-v2: files that only the root has or lacks; controllers; what cannot be done there
cd /sys/fs/cgroup; cat cgroup.controllers cgroup.subtree_control; ls | grep -E '^(cgroup|cpu)\.'
cat cpu.max; cat cgroup.type; cat cgroup.kill; cat /proc/self/cgroup
grep -c . cgroup.procs > /dev/null; echo "status $?"; stat -fc %T .
rmdir /sys/fs/cgroup; echo "status $?"; touch f; mkdir -p a/b/c; rmdir a; echo "status $?"
rmdir -p a/b/c 2>&1; find . -maxdepth 1 -type d; echo x > cgroup.procs; echo "status $?"
cat /proc/1/cgroup; cat cpu.stat | cut -d' ' -f1
