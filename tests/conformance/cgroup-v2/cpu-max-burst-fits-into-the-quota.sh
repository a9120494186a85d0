# cgroup-v2: cpu.max.burst: limits, and what a smaller quota does
cd /sys/fs/cgroup; mkdir g; cd g
e() { echo "$1" > "$2"; echo "$? $(cat "$2" 2>&1 | head -3)"; }
cat cpu.max.burst; e 1000 cpu.max.burst; e "20000 100000" cpu.max; for v in 20000 20001 0 -1 x 5000 "" 17592186044416; do e "$v" cpu.max.burst; done
e 4000 cpu.max; e "max" cpu.max; cat cpu.max.burst; e 1000000 cpu.max.burst
