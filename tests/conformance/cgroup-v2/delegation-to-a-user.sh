# cgroup-v2: chown of the directory and cgroup.procs; what the user may then do
cd /sys/fs/cgroup; mkdir d; chown user d d/cgroup.procs d/cgroup.subtree_control
su user -c 'cd /sys/fs/cgroup/d; mkdir sub; echo "mkdir $?"; ls -ld sub | cut -d" " -f1,3; echo +pids > cgroup.subtree_control; echo "subtree $?"; echo 100000 > cpu.max; sleep 20 & echo $! > sub/cgroup.procs; echo "move $?"; mkdir /sys/fs/cgroup/no; echo 1 > sub/cgroup.kill; rmdir sub; echo "rmdir $?"'
sleep 50 & echo $! > d/cgroup.procs
su user -c "cd /sys/fs/cgroup/d; mkdir s2; echo $! > s2/cgroup.procs; echo \"\$?\"; echo 0 > cgroup.procs; echo \"\$?\"; cat cgroup.procs | wc -l"
kill $!
