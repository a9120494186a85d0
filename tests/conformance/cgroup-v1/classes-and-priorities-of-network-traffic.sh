# cgroup-v1: classes and priorities of network traffic
# cgroup: v1
cd /sys/fs/cgroup/net_cls; mkdir x
for v in 0x100001 1048577 foo -1 0xffffffff 0x100000000 ""; do echo "+ $v"; echo $v > x/net_cls.classid; cat x/net_cls.classid; done; echo 7 > x/net_cls.classid; mkdir x/y; cat x/y/net_cls.classid
cat net_prio.prioidx x/net_prio.prioidx x/y/net_prio.prioidx; grep lo x/net_prio.ifpriomap
for v in "lo 1" "foo 3" lo "lo x" "lo 4294967295" "lo -1"; do echo "+ $v"; echo "$v" > x/net_prio.ifpriomap; grep lo x/net_prio.ifpriomap; done; mkdir x/z; grep lo x/z/net_prio.ifpriomap; cat x/z/net_prio.prioidx; echo 1 > x/net_prio.prioidx
