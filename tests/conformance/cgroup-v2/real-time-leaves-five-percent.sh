# cgroup-v2: SCHED_FIFO has 95 % of a processor, an ordinary task the rest
taskset -pc 0 $$ > /dev/null; (exec taskset -c 1 sh -c "while :; do :; done") & f=$!; (exec taskset -c 1 sh -c "while :; do :; done") & o=$!; sleep 0.5; chrt -f -p 10 $f; sleep 1
t() { read -r x < /proc/$1/stat; read -r a b < /proc/$1/schedstat; echo $a; }; a=$(t $f) b=$(t $o); sleep 6; c=$(t $f) d=$(t $o); kill $f $o; s=$(( (d-b) * 1000 / (c-a+d-b) )); [ $s -ge 20 ] && [ $s -le 80 ] && echo "2 to 8 %" || echo "$s per mille"
