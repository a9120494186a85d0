# cgroup-v2: pids.max: values, what is read back
cd /sys/fs/cgroup; mkdir g; cd g
e() { echo "$1" > "$2"; echo "$? $(cat "$2" 2>&1 | head -3)"; }
cat pids.max pids.current; for v in 0 1 max -1 x "" 4194304 4194305 99999999999 " 7 " 7x 1.5 MAX; do e "$v" pids.max; done; cat pids.events; ls | grep ^pids; echo 3 > pids.current; echo "exit $?"
