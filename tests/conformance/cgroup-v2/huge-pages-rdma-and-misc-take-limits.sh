cd /sys/fs/cgroup; mkdir x
for v in max 5M 1 foo -1 3G 0; do for f in hugetlb.2MB.max hugetlb.1GB.max hugetlb.2MB.rsvd.max; do echo "+ $v $f"; echo $v > x/$f; cat x/$f; done; done
echo 1 > x/hugetlb.2MB.current; echo 'sev 5' > x/misc.max; echo 'mlx4_0 hca_handle=2' > x/rdma.max; cat x/misc.max x/rdma.max misc.capacity; ls misc.max x/misc.capacity
