# cgroup-v2: SCHED_DEADLINE: parameters, admission, affinity and forks
sleep 60 & A=$!; sleep 61 & B=$!; sleep 62 & C=$!; dl() { chrt -d -T $2 -D $3 -P $4 -p 0 $1 2>&1 | sed 's/pid [0-9]*/pid P/'; }; show() { chrt -p $1 | sed "s/pid $1/pid P/"; }
dl $A 5000000 3000000 10000000; dl $A 1000 3000 10000; dl $A 1000000 1000000 5000000000; dl $A 1000000 0 0; dl $A 30000000 50000000 100000000; show $A
dl $A 90000000 100000000 100000000; dl $B 90000000 100000000 100000000; dl $C 50000000 100000000 100000000; dl $C 9000000 100000000 100000000; show $C
taskset -p 1 $A > /dev/null; echo $?; taskset -p 3 $A > /dev/null; echo $?; chrt -o -p 0 $C; show $C; awk '{ print $18, $19, $40, $41 }' /proc/$A/stat; grep -c dl. /proc/$A/sched
kill -9 $B; wait $B 2> /dev/null; sleep 0.3; dl $C 50000000 100000000 100000000; taskset 1 chrt -d -T 1000000 -P 100000000 0 true 2>&1 | sed 's/pid [0-9]*/pid P/'
chrt -d -T 1000000 -P 100000000 0 sh -c '(:)'; su user -c 'chrt -d -T 1000000 -P 100000000 0 true' 2>&1 | sed 's/pid [0-9]*/pid P/'; kill $A $C
