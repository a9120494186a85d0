# cgroup-v2: stress-ng under cpu.max: what a worker gets, whatever its number of workers; cpu.weight between two
cd /sys/fs/cgroup; mkdir a b; in() { g=$1; shift; sh -c 'echo $$ > /sys/fs/cgroup/'$g'/cgroup.procs; exec stress-ng "$@"' sh "$@"; }
# share G S: percents of a processor that the cgroup gets in S seconds
share() { x=$(awk '/^usage_usec/ {print $2}' $1/cpu.stat); t=$(date +%s%N); sleep $2; y=$(awk '/^usage_usec/ {print $2}' $1/cpu.stat); u=$(date +%s%N); echo $(( (y-x)*100000 / (u-t) )); }
near() { [ $1 -ge $(($2*8/10)) ] && [ $1 -le $(($2*12/10+1)) ] && echo "about $2 %" || echo "$1 % is not $2 %"; }
echo '20000 100000' > a/cpu.max; in a -q --temp-path /tmp --cpu 1 -t 99 & sleep 2; near $(share a 6) 20; kill $!; wait $!
in a -q --temp-path /tmp --cpu 4 -t 99 & sleep 2; near $(share a 6) 20; awk '$1 ~ /nr_/ {print $1, ($2 > 10)}' a/cpu.stat | head -2; kill $!; wait $!
# -l counts the time of the clock: who is throttled sleeps for it as well
echo max > a/cpu.max; in a -q --temp-path /tmp --cpu 1 -l 40 --cpu-method loop -t 99 & sleep 2; near $(share a 8) 40; kill $!; wait $!
echo 200 > a/cpu.weight; in a -q --temp-path /tmp --cpu 1 --taskset 0 -t 99 & p=$!; in b -q --temp-path /tmp --cpu 1 --taskset 0 -t 99 & q=$!; sleep 2
near $(share a 6) 66; near $(share b 6) 33; kill $p $q; wait
in a --temp-path /tmp --cpu 1 -t 2 --metrics 2>&1 | awk '$4 == "cpu" {print NF, ($11 > 80 && $11 < 110)}'
