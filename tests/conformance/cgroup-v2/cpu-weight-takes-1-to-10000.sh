# cgroup-v2: cpu.weight: range, what is read back, and what weight.nice says then
cd /sys/fs/cgroup; mkdir g; cd g
e() { echo "$1" > "$2"; echo "$? $(cat "$2" 2>&1 | head -3)"; }
for v in 1 10000 0 10001 -1 99 1.5 "" " 200 " 0x10 abc 50abc 99999999999999999999; do e "$v" cpu.weight; cat cpu.weight.nice; done
