# cgroup-v2: cpu.stat where the controller is off has times only
cd /sys/fs/cgroup; mkdir a a/b; cut -d" " -f1 a/cpu.stat; echo --; cut -d" " -f1 a/b/cpu.stat; ls a/b | grep ^cpu; echo +cpu > a/cgroup.subtree_control; echo --; cut -d" " -f1 a/b/cpu.stat; ls a/b | grep "^cpu\."; echo -cpu > a/cgroup.subtree_control; ls a/b | grep "^cpu\."
