# cgroup-v2: memory in swap comes back when a program uses it: major faults, refaults, what /proc/vmstat counts
dd if=/dev/zero of=/sw bs=1M count=128 status=none; chmod 600 /sw; mkswap /sw > /dev/null; swapon /sw
cd /sys/fs/cgroup; mkdir x; echo 20M > x/memory.max
stat() { awk -v k=$1 '$1 == k { print $2 }' ${2-x/memory.stat}; }
( echo $BASHPID > x/cgroup.procs; exec stress --vm 1 --vm-bytes 30M --vm-keep --vm-hang 1 -t 30 > /dev/null 2>&1 ) & p=$!
until [ $(cat x/memory.swap.current) -gt 9000000 ]; do sleep .2; done
faults=$(stat pgmajfault) in=$(stat pswpin /proc/vmstat); sleep 5
[ $(stat pgmajfault) -gt $(( faults + 100 )) ] && echo more major faults
[ $(stat workingset_refault_anon) -gt 1000 ] && echo refaults
[ $(stat pswpin /proc/vmstat) -gt $(( in + 1000 )) ] && echo read from swap
[ $(cat x/memory.current) -le 20971520 ] && echo within the limit; grep oom_kill x/memory.events
kill $p; wait $p 2> /dev/null; until [ $(cat x/memory.swap.current) -lt 1000000 ]; do sleep .1; done; echo all is free
