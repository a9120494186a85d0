cd /sys/fs/cgroup; mkdir x
for f in min low high max swap.high swap.max zswap.max; do for v in 0 5000 4M 0x10000 1G max foo -1 "" 99999999999999999999; do echo "+ memory.$f $v"; echo $v > x/memory.$f; cat x/memory.$f; done; done
for v in 0 1M max 10G -5 foo "1M swappiness=5" 1; do echo "+ $v"; echo "$v" > x/memory.reclaim; done
for v in 0 1 2 foo; do echo "+ oom.group $v"; echo $v > x/memory.oom.group; cat x/memory.oom.group; done
echo 1 > x/memory.stat; echo 1 > x/memory.current; echo 0 > x/memory.peak; cat x/memory.swap.events x/memory.events.local
