# cgroup-v1: limits of a tree of groups
# cgroup: v1
cd /sys/fs/cgroup/memory; cgcreate -g memory:/a/b; echo 10M > a/memory.limit_in_bytes; echo 20M > a/b/memory.limit_in_bytes; cat a/b/memory.limit_in_bytes; grep hierarchical_memory a/b/memory.stat; cgexec -g memory:a/b stress --vm 1 --vm-bytes 15M -t 1 > /dev/null 2>&1; echo $?; awk '{ print $1 > 0 }' a/memory.failcnt; cat a/b/memory.failcnt
grep oom_kill a/b/memory.oom_control; dmesg | grep -c 'Memory cgroup out'; cgdelete -r memory:/a; ls -d a
