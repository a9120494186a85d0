# cgroup-v1: cached files and force empty
# cgroup: v1
cd /sys/fs/cgroup/memory; mkdir x; mib() { echo $(($(awk -v k=$1 '$1 == k { print $2 }' x/memory.stat) / 1048576)) MiB $1; }
bash -c 'echo $$ > x/tasks; dd if=/dev/zero of=/root/big bs=1M count=20 status=none'; mib cache; mib rss; mib total_cache; mib inactive_file; sync; echo 0 > x/memory.force_empty; mib cache
bash -c 'echo $$ > x/tasks; cat /root/big > /dev/null'; mib cache; echo 1 > /proc/sys/vm/drop_caches; bash -c 'echo $$ > x/tasks; cat /root/big > /dev/null'; mib cache
bash -c 'echo $$ > x/tasks; dd if=/dev/zero of=/dev/shm/big bs=1M count=20 status=none'; mib shmem; echo 10M > x/memory.limit_in_bytes; cat x/memory.limit_in_bytes; echo 30M > x/memory.limit_in_bytes; mib cache; mib shmem
