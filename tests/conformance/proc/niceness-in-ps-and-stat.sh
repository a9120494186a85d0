# proc: nice values in ps, priority in /proc/PID/stat, who may lower
nice -n 10 sleep 30 & p=$!; until grep -q sleep /proc/$p/comm; do :; done
ps -o ni,pri,stat,args -p $p; cut -d' ' -f18,19 /proc/$p/stat; renice -n 19 $p > /dev/null
ps -o ni=,stat= -p $p; renice -5 $p > /dev/null; ps -o ni=,stat= -p $p; kill $p
su user -c 'nice -n 5 nice; nice -n -1 nice; sleep 1 & renice 5 $! > /dev/null; ps -o ni= -p $!; renice 3 $! 2>&1 | sed "s/[0-9]\{4\}/PID/"'
