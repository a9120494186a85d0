# cgroup-v2: io.weight, io.cost.qos and io.cost.model
cd /sys/fs/cgroup; mkdir x; ls x | grep ^io; try() { echo "+ $1: $2"; echo "$2" > $1; echo $?; cat $1; }
for v in "default 50" 60 "254:0 200" "default 0" 10001 "" foo default "default 1 2" -1 0x10 10000; do try x/io.weight "$v"; done
for v in "254:0 enable=1" "254:0 enable=1 ctrl=user rpct=95.00 rlat=5000 wpct=95 wlat=5000 min=50.5 max=150.00" "254:0 ctrl=auto" "254:0 enable=2" "254:0 foo=1" "254:0 min=0" "254:0 max=5 min=10" "254:0 rpct=101" "254:0 rpct=-1" "254:0 rlat=x" "254:0 ctrl=foo" "254:0 max=99999999" "" "254:0" "254:0 enable=0"; do try io.cost.qos "$v"; done
for v in "254:0 ctrl=user rbps=1000" "254:0 model=linear" "254:0 model=foo" "254:0 wbps=100000000 rseqiops=7" "254:0 rbps=" "254:0 ctrl=auto"; do try io.cost.model "$v"; done
for v in "254:0 200" "254:0 0" "254:0 default" "254:0" "254:0 5 6"; do try x/io.weight "$v"; done
