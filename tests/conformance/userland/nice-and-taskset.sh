# userland: nice, renice, taskset: values and errors
nice; nice -n 5 nice; nice -5 nice; nice nice; nice -n 50 nice; nice -n -5 nice
nice -n x true; echo "status $?"; nice -n 5 nosuch; echo "status $?"; nice -n 3; echo "status $?"
sleep 9 & ps -o ni= -p $!; renice -n 7 -p $! | sed 's/[0-9]* (/PID (/'; ps -o ni= -p $!
renice 5 -p 99999; kill $!
taskset -c 1 grep Cpus_allowed_list /proc/self/status; taskset 1 nproc
taskset -p $$ | sed 's/pid [0-9]*/pid N/'; taskset -c 5 true 2>&1 | sed 's/pid [0-9]*/pid N/'
taskset x true; taskset -c 0 nosuch; echo "status $?"; taskset -cp 0 $$ | sed 's/pid [0-9]*/pid N/'
nproc; taskset; echo "status $?"; taskset -p 99999
