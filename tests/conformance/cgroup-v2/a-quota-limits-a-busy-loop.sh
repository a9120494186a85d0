# cgroup-v2: lab 1: 10 % and 50 % of a processor under cpu.max; nr_throttled grows
cd /sys/fs/cgroup; mkdir demo; cut -d' ' -f1 demo/cpu.stat
stress -c 1 > /dev/null & until w=$(pgrep -P $! stress); do sleep 0.1; done
for p in $! $w; do echo $p > demo/cgroup.procs; done; wc -l < demo/cgroup.procs
# share S: percents of a processor that the cgroup gets in S seconds
share() { a=$(awk '/^usage_usec/ {print $2}' demo/cpu.stat); t=$(date +%s%N); sleep $1; b=$(awk '/^usage_usec/ {print $2}' demo/cpu.stat); u=$(date +%s%N); echo $(( (b-a)*100000 / (u-t) )); }
near() { [ $1 -ge $(($2*7/10)) ] && [ $1 -le $(($2*13/10)) ] && echo "about $2 %" || echo "$1 % is not $2 %"; }
near $(share 3) 100; grep nr_throttled demo/cpu.stat; echo '10000 100000' > demo/cpu.max; sleep 0.5
near $(share 4) 10; echo '50000 100000' > demo/cpu.max; sleep 0.5; near $(share 4) 50
awk '$1 ~ /nr_|throttled/ {print $1, ($2 > 0)}' demo/cpu.stat; kill $!
