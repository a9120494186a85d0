# proc: a blocked standard signal is pending once, a real-time one as often as it was sent
env --block-signal=USR1,RTMIN,TERM sleep 30 & p=$!
sleep 0.3
kill -USR1 $p; kill -TERM $p; kill -RTMIN $p; kill -RTMIN $p; kill -34 $p; kill -USR1 $p
grep -E '^(Sig|Shd)' /proc/$p/status
prlimit --sigpending=5 -p $p; kill -RTMIN $p; grep SigQ /proc/$p/status
kill -9 $p; wait $p 2>/dev/null; echo $?; grep SigQ /proc/self/status
