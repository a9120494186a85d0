# cgroup-v2: files of a tmpfs go to swap and come back when they are read
dd if=/dev/zero of=/sw bs=1M count=128 status=none; chmod 600 /sw; mkswap /sw > /dev/null; swapon /sw
cd /sys/fs/cgroup; mkdir x; echo 20M > x/memory.max
bash -c 'echo $$ > x/cgroup.procs; seq 1 6000000 | head -c 40M > /dev/shm/f'; stat -c %s /dev/shm/f
[ $(cat x/memory.current) -le 20971520 ] && echo within; [ $(cat x/memory.swap.current) -gt 20000000 ] && echo in swap
awk '$1 == "shmem" { print ($2 > 1000000), ($2 <= 20971520) }' x/memory.stat
md5sum < /dev/shm/f; [ $(awk '$1 == "workingset_refault_anon" { print $2 }' x/memory.stat) -gt 1000 ] && echo came back
[ $(cat x/memory.current) -le 20971520 ] && echo within still; grep -w oom_kill x/memory.events
truncate -s 10M /dev/shm/f; [ $(( $(cat x/memory.current) + $(cat x/memory.swap.current) )) -lt 14000000 ] && echo cut
rm /dev/shm/f; [ $(cat x/memory.swap.current) -lt 1000000 ] && echo free
