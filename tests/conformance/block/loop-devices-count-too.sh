# block: statistics of a loop device, and a limit on it
cd /root; truncate -s 8M i; dd if=/dev/zero of=i bs=1M count=8 conv=notrunc,fsync 2> /dev/null; losetup /dev/loop0 i
mkdir /sys/fs/cgroup/x; echo "7:0 rbps=1048576" > /sys/fs/cgroup/x/io.max; cat /sys/fs/cgroup/x/io.max
s=$(date +%s%N); sh -c 'echo 0 > /sys/fs/cgroup/x/cgroup.procs; exec dd if=/dev/loop0 of=/dev/null bs=64k count=48 iflag=direct' 2> /dev/null; t=$(( ($(date +%s%N) - s) / 1000000 )); echo $(( t > 2900 && t < 5000 ))
grep ^7:0 /sys/fs/cgroup/x/io.stat; awk '$3 == "loop0" { print $4, $6 }' /proc/diskstats
