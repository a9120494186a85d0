cd /sys/fs/cgroup; mkdir x; echo 10M > x/memory.max
in() { bash -c 'echo $$ > x/cgroup.procs; '"$1"; }
in 'dd if=/dev/zero of=/root/big bs=1M count=50 status=none'; stat -c %s /root/big; grep oom x/memory.events; awk '$1 == "max" { print $2 > 0 }' x/memory.events
[ $(cat x/memory.current) -le 10485760 ] && echo within; [ $(cat x/memory.peak) -gt 8000000 ] && echo was full
in 'exec dd if=/dev/zero of=/dev/shm/big bs=64K count=800 status=none'; echo $?; grep oom x/memory.events; s=$(stat -c %s /dev/shm/big); [ $s -gt 8000000 ] && [ $s -le 10485760 ] && echo as far as it fits
rm /dev/shm/big; rmdir x; ls -d x
