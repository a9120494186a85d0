# cgroup-v2: io.max wbps and wiops together
cd /root; X=/sys/fs/cgroup/x; mkdir $X
within() { sh -c 'echo 0 > /sys/fs/cgroup/x/cgroup.procs; exec "$@"' x "$@" 2> /dev/null; }
took() { local s=$(date +%s%N) n=$1 t; shift; "$@"; t=$(( ($(date +%s%N) - s) / 1000000 )); [ $t -ge $(( n * 900 )) ] && [ $t -le $(( n * 1250 + 1300 )) ] && echo "about $n s" || echo "$t ms instead of $n s"; }
dd if=/dev/zero of=f bs=1M count=4 conv=fsync 2> /dev/null
echo "254:0 wbps=1048576 wiops=1000" > $X/io.max
took 2 within dd if=/dev/zero of=f bs=64k count=32 oflag=direct conv=notrunc
echo "254:0 wbps=104857600 wiops=10" > $X/io.max
took 2 within dd if=/dev/zero of=f bs=64k count=20 oflag=direct conv=notrunc
