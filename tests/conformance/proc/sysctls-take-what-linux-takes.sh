# proc: what may be written to sysctls, as numbers, vectors and words
cd /proc/sys
echo 0x10 > vm/swappiness; cat vm/swappiness; echo 010 > vm/swappiness; cat vm/swappiness; echo 09 > vm/swappiness
echo > vm/swappiness; echo $?; echo '  7  ' > vm/swappiness; cat vm/swappiness; echo 7x > vm/swappiness; echo 300 > vm/swappiness
echo 4 > kernel/printk; cat kernel/printk; echo "1 2 3 4 5" > kernel/printk; cat kernel/printk; echo "1 x" > kernel/printk; cat kernel/printk
cat vm/drop_caches; sysctl vm.drop_caches; sysctl -w vm.dirty_bytes=10000 vm.dirty_ratio; sysctl vm.dirty_ratio=30 vm.dirty_bytes
echo 5000 > fs/pipe-max-size; cat fs/pipe-max-size
cat fs/protected_regular; echo 0 > fs/protected_regular; cat fs/protected_regular; echo 3 > fs/protected_regular
echo 8 > kernel/sched_rr_timeslice_ms; cat kernel/sched_rr_timeslice_ms; echo -1 > kernel/sched_rr_timeslice_ms; cat kernel/sched_rr_timeslice_ms
echo x > kernel/ostype; echo /tmp/core.%p > kernel/core_pattern; cat kernel/core_pattern; sysctl kernel.core_pattern='|/bin/x %p'; cat kernel/core_pattern
sysctl kernel.tainted; sysctl fs.overflowuid; sysctl -w kernel.tainted=64;  sysctl kernel.tainted
sysctl -w kernel.nosuch=1; sysctl vm.nosuch; sysctl kernel.ostype=x;  sysctl -w vm.swappiness=abc; sysctl -w vm.swappiness=500; sysctl -w vm.swappiness
sysctl kernel.sem kernel.msgmax kernel.shmmax
