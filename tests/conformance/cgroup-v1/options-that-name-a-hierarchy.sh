# cgroup-v1: mount -t cgroup -o …: what is refused, and the kernel's reasons
mkdir /tmp/c; dmesg -C; t() { mount -t cgroup -o "$1" x /tmp/c > /dev/null 2>&1; echo "$1 = $?"; umount /tmp/c 2> /dev/null; }
t nosuch; t none; t none,cpu; t all,cpu; t name=; t name; t none,name=a/b; t none,name=x,name=y; t none,name=$(printf 'a%.0s' {1..64}); t none,name=$(printf 'a%.0s' {1..63})
t release_agent=/x,release_agent=/y,none,name=z; t none,name=z,release_agent=; t noprefix,cpu; t noprefix,cpuset; t name=zz; t none=1; t clone_children=1,cpu; t devices,devices; t io; t blkio; t perf_event; t xattr,devices; t rdma,misc; t none,all,name=q
dmesg | sed 's/^\[[^]]*\] //'
