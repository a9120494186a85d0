# cgroup-v1: tmpfs files in memory.stat; what force_empty and removal do
# cgroup: v1
cd /sys/fs/cgroup/memory; mkdir x; show() { awk '/^(cache|shmem|total_shmem|mapped_file) / { print $1, int($2 / 1048576) }' x/memory.stat; }
bash -c 'echo $$ > x/tasks; dd if=/dev/zero of=/dev/shm/f bs=1M count=10 status=none'; show; echo 0 > x/memory.force_empty; show; mv /dev/shm/f /dev/shm/g; cat /dev/shm/g > /dev/null; show; truncate -s 5M /dev/shm/g; show; rm /dev/shm/g; show
cut -d' ' -f1 x/memory.stat; cut -d= -f1 x/memory.numa_stat; echo 5M > x/memory.soft_limit_in_bytes; cat x/memory.soft_limit_in_bytes; echo 5M > x/memory.kmem.tcp.limit_in_bytes; cat x/memory.kmem.tcp.limit_in_bytes; awk '$1 == "Shmem:" { print ($2 < 5000) }' /proc/meminfo
