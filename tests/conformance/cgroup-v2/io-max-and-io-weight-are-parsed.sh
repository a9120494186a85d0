cd /sys/fs/cgroup; mkdir x
for v in "254:0 rbps=1048576" "254:0 wiops=100 rbps=max" "254:0" "254:0 foo=1" "254:0 rbps=0" "254:0 rbps=-1" "254:0 rbps=1M" "vda rbps=1" "254:1 rbps=5" "7:0 rbps=100" "254:0 rbps=max wiops=max" "" "254:0 rbps" "254:0 rbps=5 foo" "7:0 rbps=max"; do
  echo "+ $v"; echo "$v" > x/io.max; cat x/io.max
done
for v in 1 10000 0 10001 abc "default 50" "254:0 200" "254:0 default" "default" "254:1 30"; do echo "+ $v"; echo "$v" > x/io.weight; cat x/io.weight; done
echo '254:0 enable=1' > io.cost.qos; cat io.cost.qos; echo '254:0 ctrl=user model=linear rbps=1' > io.cost.model; cat io.cost.model; echo 1 > io.cost.qos
