# cgroup-v1: net_cls.classid and net_prio.ifpriomap: each form, right and wrong
# cgroup: v1
cd /sys/fs/cgroup/net_cls,net_prio; mkdir x; for v in 1 0x10001 0 -1 4294967295 4294967296 abc "" "1 2" 010 0X5; do echo "$v" > x/net_cls.classid; echo "$? $(cat x/net_cls.classid)"; done
for v in "lo 5" "eth0 7" lo "lo -1" "nodev 5" "" "lo 4294967296" "lo 0x5" "lo 5 6" "  lo  9"; do echo "$v" > x/net_prio.ifpriomap; echo "$? $(cat x/net_prio.ifpriomap | tr '\n' ';')"; done
cat x/net_prio.prioidx net_prio.prioidx; mkdir x/y; cat x/y/net_cls.classid x/y/net_prio.ifpriomap x/y/net_prio.prioidx
ip link add d0 type dummy; cat x/net_prio.ifpriomap; echo "d0 3" > x/net_prio.ifpriomap; ip link del d0; cat x/net_prio.ifpriomap; echo 1 > x/net_prio.prioidx; ls ../perf_event | sort; rmdir x; rmdir x/y x; ls
