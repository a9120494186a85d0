# cgroup-v2: 30 ms of each 100 ms, whatever else there is; others get the rest
t() { awk "{ print \$14 + \$15 }" /proc/$1/stat; }
within() { [ $1 -ge $2 ] && [ $1 -le $3 ] && echo "$2..$3" || echo "$1 is not in $2..$3"; }
share() { local a=$(t $2) w=$(date +%s%N) d; sleep $1; d=$(( ($(date +%s%N) - w) / 1000000 )); echo $(( ($(t $2) - a) * 1000 / d )); }
burn() { exec dd if=/dev/zero of=/dev/null bs=1M; }
burn & A=$!; chrt -d -T 30000000 -P 100000000 -p 0 $A; within $(share 3 $A) 24 48; burn & B=$!; burn & C=$!; chrt -f -p 50 $B
within $(share 3 $A) 24 48; kill $A $B $C
