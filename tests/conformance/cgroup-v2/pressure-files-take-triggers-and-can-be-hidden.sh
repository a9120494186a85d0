cd /sys/fs/cgroup; mkdir x
for v in "some 150000 1000000" "full 1 2" foo "some 100000 100" "some 500000 500000" "some 1" "some 2000000 1000000" "full 150000 20000000"; do for f in cpu memory io; do echo "+ $v $f"; echo "$v" > x/$f.pressure; done; done
cat x/io.pressure x/memory.pressure; echo 0 > x/cgroup.pressure; ls x | grep pressure; cat x/memory.pressure; echo 2 > x/cgroup.pressure; echo 1 > x/cgroup.pressure; cat x/cgroup.pressure; ls x | grep -c pressure
