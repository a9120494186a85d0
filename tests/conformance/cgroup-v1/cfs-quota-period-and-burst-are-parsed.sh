# cgroup-v1: cpu.cfs_quota_us, cpu.cfs_period_us, cpu.cfs_burst_us: what is refused
# cgroup: v1
cd /sys/fs/cgroup/cpu; mkdir g; cd g
e() { echo "$1" > "$2"; echo "$? $(cat "$2" 2>&1 | head -3)"; }
for v in 1000 999 0 -1 -5 x "" 50000; do e "$v" cpu.cfs_quota_us; done; for v in 1000 999 1000000 1000001 x -1 100000; do e "$v" cpu.cfs_period_us; done; for v in 1000 50000 50001 -1 x 0; do e "$v" cpu.cfs_burst_us; done; cut -d" " -f1 cpu.stat; e 1 ../cpu.cfs_quota_us
