# cgroup-v2: a file of a tmpfs takes what the limit leaves; what cannot be given back stays
cd /sys/fs/cgroup; mkdir x; echo 20M > x/memory.max
sh -c 'echo $$ > x/cgroup.procs; dd if=/dev/zero of=/dev/shm/f bs=1M count=40; echo $?' 2> /dev/null
s=$(stat -c %s /dev/shm/f); [ $s -gt 19000000 ] && [ $s -le 20971520 ] && echo nearly all; [ $(cat x/memory.current) -le 20971520 ] && echo within; grep -w oom_kill x/memory.events
sh -c 'echo $$ > x/cgroup.procs; echo more >> /dev/shm/g; echo $?' 2>&1; ls -s /dev/shm/g
rm /dev/shm/f; sh -c 'echo $$ > x/cgroup.procs; dd if=/dev/zero of=/dev/shm/f bs=1M count=10; dd if=/dev/zero of=/dev/shm/f bs=1M count=10 conv=notrunc; echo $?' 2> /dev/null; echo 5M > x/memory.max; echo $?; [ $(cat x/memory.current) -gt 10000000 ] && echo stays; cat x/memory.max
