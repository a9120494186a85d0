# userland: mpstat and pidstat: a busy processor, an idle one, a nice one; the share and the wait of two tasks on one processor
near() { awk -v a="$1" -v b=$2 -v t=$3 'BEGIN {print (a >= b - t && a <= b + t) ? "about " b " %" : a " % is not " b " %"}'; }
taskset -c 1 sh -c 'while :; do :; done' & sleep 1; mpstat -P ALL 3 1 > o
near $(awk '/^Average/ && $2 == 1 {print 100 - $12}' o) 100 12; near $(awk '/^Average/ && $2 == "all" {print $3 + $5}' o) 50 20
near $(pidstat -p $! 3 1 | awk '/^Average/ && $3 != "PID" {print $8}') 100 15
taskset -c 1 sh -c 'while :; do :; done' & sleep 1; pidstat -u -p $! 4 1 | awk '/^Average/ && $3 != "PID" {print $7, $8}' > o; read w c < o; near $c 50 15; near $w 50 17
kill %1 %2; wait; nice -n 10 taskset -c 0 sh -c 'while :; do :; done' & sleep 1; near $(mpstat -P 0 3 1 | awk '/^Average/ && $2 == 0 {print $4 + $5}') 100 20; kill $!
mpstat 1 2 | awk '/^[0-9A].* all / {t = 0; for (i = 3; i <= 12; i++) t += $i; print (t > 99.9 && t < 100.1)}'
