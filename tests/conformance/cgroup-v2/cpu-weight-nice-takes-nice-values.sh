# cgroup-v2: cpu.weight.nice: range, and the weight it sets
cd /sys/fs/cgroup; mkdir g; cd g
e() { echo "$1" > "$2"; echo "$? $(cat "$2" 2>&1 | head -3)"; }
for v in -20 19 0 5 -5 20 -21 x "" 1.5 +3; do e "$v" cpu.weight.nice; cat cpu.weight; done
