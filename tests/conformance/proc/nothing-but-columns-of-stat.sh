# proc: the fields of stat that do not change
sleep 100 & p=$!; sleep 0.2
cut -d' ' -f2,3,7,8,9,13,16-19,20,21,25 /proc/$p/stat; cut -d' ' -f31-34,36-38,40-44,52 /proc/$p/stat; wc -w < /proc/$p/stat; wc -w < /proc/$p/statm
nice -n 5 cut -d' ' -f18,19 /proc/self/stat; nice -n -5 cut -d' ' -f18,19 /proc/self/stat; (exit 5) & sleep 0.2; bash -c 'sleep 0.1 & exec sleep 1' & sleep 0.6; cut -d' ' -f3,9,20,52 /proc/$(ps -o pid= --ppid $!)/stat 2>/dev/null | head -1
kill -STOP $p; sleep 0.2; cut -d' ' -f3 /proc/$p/stat; grep State /proc/$p/status; kill -CONT $p; sleep 0.2; grep State /proc/$p/status; kill $p
