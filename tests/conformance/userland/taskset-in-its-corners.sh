# userland: taskset: masks, lists, strides, wrong ones
taskset 1 grep Cpus /proc/self/status; taskset -c 0-1 grep Cpus_allowed_list /proc/self/status; taskset 0x3 nproc; taskset -c 1 nproc
for m in 0 4 zz; do taskset $m true; echo $?; done; for l in 5 a 1-0 '' 0-1:0; do taskset -c "$l" true 2>&1 | sed 's/pid [0-9]*/pid N/'; done
taskset -c 0,9 grep Cpus_allowed: /proc/self/status; taskset -cp 1; taskset -p 1; taskset -cp 0 1; taskset -p 3 1; taskset -c 0-1:2 taskset -cp 1
taskset; taskset 1; taskset -p; taskset -p 99999; taskset 1 nosuchcmd; echo $?
