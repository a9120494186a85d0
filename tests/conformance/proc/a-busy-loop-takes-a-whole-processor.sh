# proc: utime grows in a loop and stays in a sleep; two loops on one processor share it
# ticks PID: processor time in hundredths of a second
ticks() { awk '{print $14 + $15}' /proc/$1/stat; }
bash -c 'while :; do :; done' & b=$!; sleep 60 & s=$!; a=$(ticks $b)
until [ $(ticks $b) -gt $((a+50)) ]; do sleep 0.2; done; echo 'the loop ran'
[ $(ticks $s) -lt 20 ] && echo 'the sleep did not'; ps -o stat= -p $b; kill $b $s; wait 2> /dev/null
taskset -c 0 bash -c 'while :; do :; done' & x=$!; taskset -c 0 bash -c 'while :; do :; done' & y=$!
sleep 4; r=$(( $(ticks $x) * 10 / ($(ticks $x) + $(ticks $y)) ))
[ $r -ge 4 ] && [ $r -le 6 ] && echo 'equal shares'; kill $x $y
