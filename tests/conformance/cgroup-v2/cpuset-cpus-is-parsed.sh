# cgroup-v2: cpuset.cpus: lists, ranges, what is refused and what is effective
cd /sys/fs/cgroup; mkdir g; cd g
e() { echo "$1" > "$2"; echo "$? $(cat "$2" 2>&1 | head -3)"; }
cat cpuset.cpus cpuset.cpus.effective; for v in 0 1 0-1 0,1 1,0 1-0 2 0-5 x "" -1 "0 1" 0-1:1/2 "0,"; do e "$v" cpuset.cpus; cat cpuset.cpus.effective; done; ls | grep ^cpuset
