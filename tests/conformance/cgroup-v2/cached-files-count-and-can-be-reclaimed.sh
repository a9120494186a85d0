# Files of a disk are memory of whoever used them first, and go when room is needed; those of a tmpfs stay.
cd /sys/fs/cgroup; mkdir x; mib() { echo $(($(awk -v k=$1 '$1 == k { print $2 }' x/memory.stat) / 1048576)) MiB $1; }
in() { bash -c 'echo $$ > x/cgroup.procs; '"$1"; }
in 'dd if=/dev/zero of=/root/big bs=1M count=20 status=none'; mib file; mib shmem
cat /root/big > /dev/null; echo 5M > x/memory.reclaim; echo $?; mib file; rm /root/big; mib file
in 'dd if=/dev/zero of=/dev/shm/big bs=1M count=20 status=none'; mib file; mib shmem; echo 10M > x/memory.reclaim; mib shmem; rm /dev/shm/big; mib file
dd if=/dev/zero of=/root/other bs=1M count=20 status=none; in 'cat /root/other > /dev/null'; mib file
echo 1 > /proc/sys/vm/drop_caches; in 'cat /root/other > /dev/null'; mib file; sync; echo 3 > /proc/sys/vm/drop_caches; mib file
