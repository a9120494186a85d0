# userland: stress-ng --cpu-load: the share of a processor that a worker takes
# share: percents of a processor that the worker had in 8 seconds
share() { stress-ng -q --cpu 1 --cpu-method loop -t 99 "$@" & until w=$(pgrep stress-ng-cpu); do sleep 0.1; done; sleep 1
  a=$(cut -d' ' -f1 /proc/$w/schedstat); t=$(date +%s%N); sleep 8; b=$(cut -d' ' -f1 /proc/$w/schedstat); u=$(date +%s%N); kill $!; wait $!; s=$(( (b-a)*100 / (u-t) )); }
near() { [ $s -ge $(($1-$2)) ] && [ $s -le $(($1+$2)) ] && echo "about $1 %" || echo "$s % is not $1 %"; }
share --cpu-load 20; near 20 8; share -l 50; near 50 12; share -l 30 --cpu-load-slice 100; near 30 10
share -l 0; near 0 3; share -l 100; near 100 10
