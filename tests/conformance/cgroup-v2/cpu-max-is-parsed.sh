# cgroup-v2: cpu.max: forms, defaults, limits, EINVAL; cpu.weight and cpu.weight.nice
cd /sys/fs/cgroup; mkdir c; s() { echo "$1" > c/cpu.max; echo "$? $(cat c/cpu.max)"; }
cat c/cpu.max; s 50000; s '50000 100000'; s '20000 50000'; s max; s 'max 100000'; s 10000
s '1000 1000'; s '999 100000'; s '5000 999'; s '5000 1000001'; s 0; s -1; s abc; s '10000 abc'; s ''
s '1 2 3'; s '100000 10000'; s 99999999999; s 'max max'; s '  7000   200000 '
printf 30000 > c/cpu.max; cat c/cpu.max
cat c/cpu.weight c/cpu.weight.nice c/cpu.max.burst c/cpu.idle
w() { echo $1 > c/cpu.weight; echo "$? $(cat c/cpu.weight c/cpu.weight.nice | tr '\n' ' ')"; }
w 200; w 1; w 10000; w 0; w 10001; w x; echo -20 > c/cpu.weight.nice; cat c/cpu.weight
echo 20 > c/cpu.weight.nice; echo "status $?"; echo 1 > c/cpu.idle; cat c/cpu.weight
echo 5 > c/cpu.weight; echo "status $?"; echo 1 > c/cpu.stat; echo "status $?"
