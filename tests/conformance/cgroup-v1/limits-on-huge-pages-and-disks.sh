# cgroup-v1: limits on huge pages and disks
# cgroup: v1
cd /sys/fs/cgroup/hugetlb; mkdir x
for v in 5M 1 -1 foo 0; do echo "+ $v"; echo $v > x/hugetlb.2MB.limit_in_bytes; cat x/hugetlb.2MB.limit_in_bytes; done; echo 0 > x/hugetlb.2MB.failcnt; echo 7 > x/hugetlb.2MB.max_usage_in_bytes; echo 5M > hugetlb.2MB.limit_in_bytes; cat hugetlb.2MB.limit_in_bytes
cd ../blkio; mkdir x
for v in "254:0 1048576" "254:0 0" "254:0 -1" "254:0 foo" foo "254:1 5" "254:0 1M" "254:0"; do for f in read_bps write_iops; do echo "+ $f $v"; echo "$v" > x/blkio.throttle.${f}_device; cat x/blkio.throttle.${f}_device; done; done
echo 1 > x/blkio.reset_stats; echo x > x/blkio.reset_stats; cat x/blkio.throttle.io_serviced
