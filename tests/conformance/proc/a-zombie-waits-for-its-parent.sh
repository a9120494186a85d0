# proc: state Z, <defunct>, immune to SIGKILL, gone when the parent is
bash -c 'sleep 0.1 & exec sleep 50' & p=$!
until ps --ppid $p -o stat= | grep -q Z; do sleep 0.1; done
z=$(pgrep -P $p); ps -o stat,args,comm -p $z; ps aux | grep '[d]efunct' | awk '{print $8, $11, $12}'
grep State /proc/$z/status; wc -c < /proc/$z/cmdline; ls /proc/$z/fd; readlink /proc/$z/exe
kill -9 $z; echo "status $?"; ps -o stat= -p $z; kill $p; wait $p
until [ ! -e /proc/$z ]; do sleep 0.1; done; echo reaped; ps -p $z -o stat=; echo "status $?"
