# cgroup-v2: cpu.idle: values, the weight shown then, and that it cannot be set
cd /sys/fs/cgroup; mkdir g; cd g
e() { echo "$1" > "$2"; echo "$? $(cat "$2" 2>&1 | head -3)"; }
cat cpu.idle; e 300 cpu.weight; e 1 cpu.idle; cat cpu.weight cpu.weight.nice; e 200 cpu.weight; e 5 cpu.weight.nice; e 1 cpu.idle
for v in 2 -1 x ""; do e "$v" cpu.idle; done; e 0 cpu.idle; cat cpu.weight
