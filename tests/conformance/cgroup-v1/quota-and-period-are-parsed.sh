# cgroup-v1: cpu.cfs_quota_us, cpu.cfs_period_us, cpu.shares: forms, limits, EINVAL
# cgroup: v1
cd /sys/fs/cgroup/cpu; mkdir c
q() { echo "$1" > c/cpu.cfs_quota_us; echo "$? $(cat c/cpu.cfs_quota_us)"; }
p() { echo "$1" > c/cpu.cfs_period_us; echo "$? $(cat c/cpu.cfs_period_us)"; }
h() { echo "$1" > c/cpu.shares; echo "$? $(cat c/cpu.shares)"; }
q 10000; q 1000; q 999; q 0; q -1; q -5; q abc; q ''; q '10000 100000'; q 10000x; q 0x2710
q 99999999999999999999; q 300000; p 50000; p 1000; p 999; p 1000000; p 1000001; p 0; p -1; h 512
h 2; h 1; h 0; h -1; h 262144; h 262145; h x; echo 5 > c/cpu.stat; echo "status $?"
echo 5 > c/cpu.nosuch; echo "status $?"; echo 1000 > cpu.cfs_quota_us; echo "status $?"
printf 2048 > c/cpu.shares; cat c/cpu.shares
