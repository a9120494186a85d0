# cgroup-v2: the root has cpu.stat and cpu.pressure only
cd /sys/fs/cgroup; ls | grep ^cpu; cut -d" " -f1 cpu.stat; echo 100 > cpu.weight; cat cpu.max; echo max > cpu.max; echo "exit $?"
