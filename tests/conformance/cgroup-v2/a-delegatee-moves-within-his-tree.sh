# cgroup-v2: common ancestors must be writable
cd /sys/fs/cgroup; mkdir d o; chown user d d/cgroup.procs d/cgroup.subtree_control; chown user o o/cgroup.procs; mkdir d/a d/b; chown -R user d/a d/b; cat > /tmp/s <<"X"
cd /sys/fs/cgroup; sleep 100 & echo $! > d/b/cgroup.procs; echo "within: $?"; echo $! > o/cgroup.procs; echo "out: $?"; kill $!
X
setpriv --reuid user --regid user --clear-groups bash -c 'echo "$BASHPID" > /sys/fs/cgroup/d/a/cgroup.procs; echo "in from the root: $?"'; (echo 0 > d/a/cgroup.procs; exec su user -c "bash /tmp/s") 2>&1
