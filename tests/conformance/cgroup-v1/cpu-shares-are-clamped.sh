# cgroup-v1: cpu.shares: limits and what is read back
# cgroup: v1
cd /sys/fs/cgroup/cpu; mkdir g; cd g
e() { echo "$1" > "$2"; echo "$? $(cat "$2" 2>&1 | head -3)"; }
for v in 2 1 0 262144 262145 1024 -1 x "" 1.5 99999999999; do e "$v" cpu.shares; done; cat ../cpu.shares; e 512 ../cpu.shares
