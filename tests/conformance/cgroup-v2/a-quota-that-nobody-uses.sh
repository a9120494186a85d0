# cgroup-v2: periods are counted while somebody uses the quota, and a moment longer
cd /sys/fs/cgroup; mkdir a; echo '10000 100000' > a/cpu.max; sleep 0.7; grep nr_ a/cpu.stat; sleep 0.5; grep nr_ a/cpu.stat; echo max > a/cpu.max; sleep 0.3; grep -E 'nr_p|nr_b' a/cpu.stat; cat a/cpu.max
