# userland: stress-ng: numbers, sizes, times, ranges and names that are refused; statuses
x() { echo "\$ $*"; stress-ng "$@" 2>&1 | sed 's/\[[0-9]*\]/[PID]/; s/ in [0-9.]*s/ in TIME/'; echo "[${PIPESTATUS[0]}]"; }
x; x --foo; x -Z; x foo bar; x --cpu; x --cpu x; x -c ''; x -c 1.5; x -c ' 1'; x -c 1k; x --cpu 99999
x --cpu 1 --cpu-load 101; x --cpu 1 --cpu-load -1; x --cpu 1 -l abc; x --cpu 1 --cpu-load-slice x; x --cpu 1 --cpu-load-slice 9999
x --cpu 1 --cpu-method foo; x --vm 1 --vm-method foo; x --matrix 1 --matrix-method foo; x --matrix 1 --matrix-size 9999999
x --cpu 1 -t x; x --cpu 1 -t 1x; x --cpu 1 -t -1; x -c 1 -t ''
x --vm 1 --vm-bytes 10x; x --vm 1 --vm-bytes x; x --vm 1 --vm-bytes 1; x --vm 1 --vm-bytes 1k; x --vm 1 --vm-bytes 1000T
x --vm 1 --vm-bytes -5; x --vm 1 --vm-bytes %; x --vm 1 --vm-hang x; x --vm-hang -1 -n; x -m 1 --vm-ops x; x --vm-bytes
x --hdd 1 --hdd-bytes 1K; x --hdd 1 --hdd-write-size 0; x --fork 1 --fork-max 0; x --fork 1 --fork-max 99999; x --switch 1 --switch-freq 99999999999
x --cpu 1 --taskset 9; x --cpu 1 --taskset 0-1,x; x --cpu 1 --taskset all; x --cpu 1 --taskset 1-0; x --cpu 1 --taskset ,
x --cpu 1 --sched foo; x --cpu 1 --sched fifo --sched-prio 500; x --cpu 1 -x foo; x --cpu 1 -x cpu -n; x --hdd 1 --temp-path /nosuch; x --cpu 1 --ops 5; x -q; x -b x --cpu 1
