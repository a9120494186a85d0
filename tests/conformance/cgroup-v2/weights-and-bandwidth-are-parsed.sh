cd /sys/fs/cgroup; mkdir x; cat x/cpu.max
for v in "50000 100000" max 50000 "10000 1000000" "10000 1000001" "999 1000" "1000 999" 0 -1 foo "50000 100000 1" "max 50000" "max max" 1e3 "  2000   3000  "; do echo "+ '$v'"; echo "$v" > x/cpu.max; cat x/cpu.max; done
for v in 0 1 100 10000 10001 -1 foo; do echo "+ weight $v"; echo $v > x/cpu.weight; cat x/cpu.weight; done; for v in -20 19 0 20 -21 5; do echo "+ nice $v"; echo $v > x/cpu.weight.nice; cat x/cpu.weight.nice x/cpu.weight; done
echo 1 > x/cpu.idle; cat x/cpu.idle x/cpu.weight; echo 200 > x/cpu.weight; cat x/cpu.weight; echo 2 > x/cpu.idle; echo 0 > x/cpu.idle; cat x/cpu.weight; echo 5000 > x/cpu.max.burst; cat x/cpu.max.burst; echo 1000000 > x/cpu.max.burst; echo -1 > x/cpu.max.burst; cat x/cpu.max.burst
