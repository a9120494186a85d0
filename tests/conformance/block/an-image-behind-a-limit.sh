# block: a loop mount whose reader is limited
cd /root; truncate -s 16M i; mkfs.ext4 -q i; mkdir m; mount -o loop i m; dd if=/dev/zero of=m/f bs=1M count=3 conv=fsync 2> /dev/null; d=$(losetup -n -O MAJ:MIN -j i | tr -d " "); umount m; mount -o loop i m; d=$(losetup -n -O MAJ:MIN -j i | tr -d " "); cat /dev/null
mkdir /sys/fs/cgroup/x; echo "$d rbps=1048576" > /sys/fs/cgroup/x/io.max
t() { local s=$(date +%s%N); sh -c 'echo 0 > /sys/fs/cgroup/x/cgroup.procs; exec dd if=m/f of=/dev/null bs=1M' 2> /dev/null; e=$(( ($(date +%s%N) - s) / 1000000 )); echo $(( e > 2900 && e < 5500 )) $(( e < 1500 )); }
t; t
