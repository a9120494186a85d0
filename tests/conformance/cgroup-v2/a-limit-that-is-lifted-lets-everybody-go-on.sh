# cgroup-v2: io.max set to max while somebody waits
cd /root; X=/sys/fs/cgroup/x; mkdir $X
within() { sh -c 'echo 0 > /sys/fs/cgroup/x/cgroup.procs; exec "$@"' x "$@" 2> /dev/null; }
took() { local s=$(date +%s%N) n=$1 t; shift; "$@"; t=$(( ($(date +%s%N) - s) / 1000000 )); [ $t -ge $(( n * 900 )) ] && [ $t -le $(( n * 1250 + 1300 )) ] && echo "about $n s" || echo "$t ms instead of $n s"; }
dd if=/dev/zero of=f bs=1M count=4 conv=fsync 2> /dev/null
echo "254:0 wbps=4096" > $X/io.max
later() { sleep 1; echo "254:0 wbps=max" > $X/io.max; }
both() { within dd if=/dev/zero of=f bs=64k count=16 oflag=direct conv=notrunc & later; wait; }
took 1 both
cat $X/io.max
