# cgroup-v2: the smallest and largest quota and period
cd /sys/fs/cgroup; mkdir g; cd g
e() { echo "$1" > "$2"; echo "$? $(cat "$2" 2>&1 | head -3)"; }
for v in "1000 1000" "999 1000" "1000 999" "1000 1000000" "1000 1000001" "max 1000000" "17592186044415 1000000" "17592186044416 1000000" "50000" "50000 " "max" "max max" "-1" "50000 100000 7" "1e3 100000" "0x1000 100000"; do e "$v" cpu.max; done
