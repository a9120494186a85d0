# cgroup-v2: memory.swap.max: what may not go to swap has to stay, and somebody dies for it
dd if=/dev/zero of=/sw bs=1M count=128 status=none; chmod 600 /sw; mkswap /sw > /dev/null; swapon /sw
cd /sys/fs/cgroup; mkdir x; echo 20M > x/memory.max; echo 10M > x/memory.swap.max
sh -c 'echo $$ > x/cgroup.procs; tail /dev/zero; echo $?' 2> /dev/null
grep -w oom_kill x/memory.events; awk '$1 == "max" { print ($2 > 0) ? "some" : "none" }' x/memory.swap.events; [ $(cat x/memory.peak) -gt 20000000 ] && echo full
echo max > x/memory.swap.max; sh -c 'echo $$ > x/cgroup.procs; stress --vm 1 --vm-bytes 40M --vm-keep --vm-hang 0 -t 2 > /dev/null; echo $?'; grep -w oom_kill x/memory.events
echo 0 > x/memory.swap.max; sh -c 'echo $$ > x/cgroup.procs; stress --vm 1 --vm-bytes 30M -t 2 > /dev/null 2>&1; echo $?'; grep -w oom_kill x/memory.events
for v in -1 5k 4096 abc max; do echo $v > x/memory.swap.max; cat x/memory.swap.max; done
