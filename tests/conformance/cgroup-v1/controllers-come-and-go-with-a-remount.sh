# cgroup-v1: remount: other controllers and agents, but no other flags and names, and only while there are no groups
mkdir /tmp/c; dmesg -C; mount -t cgroup -o none,name=k k /tmp/c; r() { mount -t cgroup -o "remount,$1" x /tmp/c > /dev/null 2>&1; echo "$1 = $?"; grep name=k /proc/self/cgroup | cut -d: -f2; }
r name=k,devices; r name=k,freezer,release_agent=/bin/true; cat /tmp/c/release_agent; r name=j,freezer; r name=k,freezer,xattr; r freezer; mkdir /tmp/c/x; r freezer,devices; rmdir /tmp/c/x; r freezer,devices; r freezer,memory,name=k; r none,name=k; r none,name=k,clone_children; cat /tmp/c/cgroup.clone_children; ls /tmp/c
dmesg | sed 's/^\[[^]]*\] //;s/pid=[0-9]*/pid=P/'; grep /tmp/c /proc/mounts
