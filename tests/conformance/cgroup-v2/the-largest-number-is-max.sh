# cgroup-v2: cgroup.max.depth and cgroup.max.descendants
cd /sys/fs/cgroup; mkdir m; for v in 0 3 -1 2147483646 2147483647 2147483648 99999999999999999999 0x3 ' 7 ' 'max ' maxx 1.5 abc ''; do echo "$v" > m/cgroup.max.depth; echo "[$v] $? $(cat m/cgroup.max.depth)"; done
echo 2 > m/cgroup.max.descendants; mkdir -p m/a/b; mkdir m/c; echo $?; rmdir m/a/b; mkdir m/c; echo $?; echo 0 > m/cgroup.max.descendants; rmdir m/c; mkdir m/c; echo $?; head -1 m/cgroup.stat
echo 1 > cgroup.max.depth; mkdir m/a/x; echo $?; mkdir y; echo $?
