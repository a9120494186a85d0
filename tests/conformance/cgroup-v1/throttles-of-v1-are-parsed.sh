# cgroup-v1: blkio.throttle.*_device: what is refused, and what is no limit
# cgroup: v1
cd /sys/fs/cgroup/blkio; mkdir x; ls -l x | awk '$9 ~ /blkio/ { print $1, $9 }'
for f in read_bps write_iops; do for v in "254:0 1048576" "7:0 5" "254:0 0" "254:0 1M" "254:0" "254:0 -1" "254 5" "254:9 5" "254:0 5 6" "254:0 18446744073709551615" "" abc "254:0 4294967297" "7:0 0"; do echo "+ $f $v"; echo "$v" > x/blkio.throttle.${f}_device; echo $?; cat x/blkio.throttle.${f}_device; done; done
cat x/blkio.throttle.io_serviced x/blkio.throttle.io_service_bytes_recursive; echo 1 > x/blkio.reset_stats; echo $?; echo a > x/blkio.reset_stats; cat x/blkio.reset_stats
