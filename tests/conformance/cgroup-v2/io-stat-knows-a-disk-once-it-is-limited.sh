# cgroup-v2: io.stat after io.max was written
cd /root; X=/sys/fs/cgroup/x; mkdir $X
cat $X/io.stat; echo "254:0 rbps=1048576" > $X/io.max; cat $X/io.stat; echo "7:1 rbps=1048576" > $X/io.max; cat $X/io.stat
echo "254:0 rbps=max" > $X/io.max; cat $X/io.stat $X/io.max
