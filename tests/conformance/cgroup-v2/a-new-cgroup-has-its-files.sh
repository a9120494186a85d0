# cgroup-v2: mkdir makes the control files; which ones, with which modes
cd /sys/fs/cgroup; mkdir demo; ls demo | grep -E '^(cgroup|cpu|cpuset)\.'
ls -l demo/cpu.max demo/cpu.stat demo/cgroup.procs demo/cgroup.kill demo/cgroup.events | awk '{print $1, $3, $4, $5, $NF}'
cat demo/cgroup.type demo/cgroup.controllers demo/cgroup.subtree_control demo/cgroup.procs
cat demo/cgroup.max.depth demo/cgroup.max.descendants demo/cgroup.events demo/cgroup.freeze
touch demo/x; mkdir demo/y; ls -d demo/*/; rm demo/cpu.max; rm -r demo 2>&1 | sort | head -2
rmdir demo/y demo; ls -d demo
