# cgroup-v2: with nsdelegate a namespace cannot be left
mount | grep cgroup2 | grep -o nsdelegate; cd /sys/fs/cgroup; mkdir -p a/b; (echo 0 > a/cgroup.procs; unshare -C bash -c 'sleep 100 & cd /sys/fs/cgroup; echo $! > a/b/cgroup.procs; echo "in: $?"; echo $! > cgroup.procs; echo "out: $?"; echo 50 > a/cpu.weight; echo "own limits: $?"; echo 60 > a/b/cpu.weight; echo "below: $?"; kill $!')
