# cgroup-v2: files appear with cgroup.subtree_control, top-down; ENOENT and EINVAL
cd /sys/fs/cgroup; mkdir -p p/c; ls p/c | grep -c '^cpu.max'; cat p/c/cgroup.controllers
echo +cpu > p/cgroup.subtree_control; cat p/cgroup.subtree_control p/c/cgroup.controllers
ls p/c | grep '^cpu'; echo +nosuch > p/cgroup.subtree_control; echo "status $?"
echo cpu > p/cgroup.subtree_control; echo "status $?"
echo '+memory +pids' > p/cgroup.subtree_control; cat p/cgroup.subtree_control
echo -cpu > p/cgroup.subtree_control; ls p/c | grep '^cpu'; mkdir p/c/d
echo +cpu > p/c/cgroup.subtree_control; echo "status $?"; echo +memory > p/c/cgroup.subtree_control
echo -memory > p/cgroup.subtree_control; echo "status $?"
echo '+cpu -pids' > p/cgroup.subtree_control; cat p/cgroup.subtree_control
echo 5 > p/c/cpu.maxx; echo "status $?"; cat p/c/io.max
