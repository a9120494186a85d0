# cgroup-v1: cpu.idle beside cpu.shares
# cgroup: v1
cd /sys/fs/cgroup/cpu; mkdir g; cd g
e() { echo "$1" > "$2"; echo "$? $(cat "$2" 2>&1 | head -3)"; }
cat cpu.idle; e 1 cpu.idle; cat cpu.shares; e 512 cpu.shares; e 2 cpu.idle; e 0 cpu.idle; cat cpu.shares; e 1 ../cpu.idle; cat ../cpu.idle
