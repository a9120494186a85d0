# cgroup-v1: a child of 30 % under a parent of 20 % is refused; measured share of the parent
# cgroup: v1
cd /sys/fs/cgroup/cpu; mkdir -p p/q; echo 20000 > p/cpu.cfs_quota_us; echo 30000 > p/q/cpu.cfs_quota_us; echo "exit $?"; echo 10000 > p/q/cpu.cfs_quota_us; echo "exit $?"; (echo 0 > p/q/tasks; exec dd if=/dev/zero of=/dev/null bs=1M 2> /dev/null) & (echo 0 > p/tasks; exec dd if=/dev/zero of=/dev/null bs=1M 2> /dev/null) & sleep 1
a=$(cat p/cpuacct.usage); t=$(date +%s%N); sleep 5; b=$(cat p/cpuacct.usage); u=$(date +%s%N); kill %1 %2; s=$(( (b-a) * 100 / (u-t) )); [ $s -ge 17 ] && [ $s -le 23 ] && echo "about 20 %" || echo "$s %"
