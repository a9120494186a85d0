# cgroup-v1: hugetlb files: sizes, rounding, the root
# cgroup: v1
cd /sys/fs/cgroup/hugetlb; mkdir x; ls x | grep huge; for v in 0 2M 3M 1G -1 max 5 abc ""; do echo "$v" > x/hugetlb.2MB.limit_in_bytes; echo "$? $(cat x/hugetlb.2MB.limit_in_bytes)"; done
for v in 2G 3G 1500M -1; do echo "$v" > x/hugetlb.1GB.rsvd.limit_in_bytes; echo "$? $(cat x/hugetlb.1GB.rsvd.limit_in_bytes)"; done; cat x/hugetlb.2MB.numa_stat hugetlb.2MB.numa_stat
echo 5M > hugetlb.2MB.limit_in_bytes; cat hugetlb.2MB.limit_in_bytes; echo 0 > x/hugetlb.2MB.failcnt; echo 0 > x/hugetlb.2MB.max_usage_in_bytes; echo $?
