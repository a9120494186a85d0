# cgroup-v2: kernel.sched_autogroup_enabled and /proc/PID/autogroup
t() { awk "{ print \$14 + \$15 }" /proc/$1/stat; }
within() { [ $1 -ge $2 ] && [ $1 -le $3 ] && echo "$2..$3" || echo "$1 is not in $2..$3"; }
taskset -pc 0 $$ > /dev/null; echo 1 > /proc/sys/kernel/sched_autogroup_enabled; cat > /tmp/s.sh <<'S'
for i in $(seq $1); do dd if=/dev/zero of=/dev/null bs=1M 2> /dev/null & echo $! >> $2; done; wait
S
setsid bash /tmp/s.sh 1 /tmp/a & setsid bash /tmp/s.sh 3 /tmp/b & until [ "$(cat /tmp/a /tmp/b 2> /dev/null | wc -l)" = 4 ]; do sleep 0.1; done
sum() { local s=0 p; for p; do s=$(( s + $(t $p) )); done; echo $s; }; A=$(cat /tmp/a) B=$(cat /tmp/b)
share() { local a=$(sum $A) b=$(sum $B); sleep 4; a=$(( $(sum $A) - a )) b=$(( $(sum $B) - b )); echo $(( a * 100 / (a + b) )); }
within $(share) 42 58; echo 10 > /proc/$A/autogroup; sed 's/-[0-9]*/-N/' /proc/$A/autogroup; within $(share) 5 17; kill $A $B
for v in 20 -21 a ''; do echo "$v" > /proc/self/autogroup; echo "[$v] $?"; done; cat /proc/1/autogroup; su user -c 'sleep 0.3; echo -1 > /proc/self/autogroup; echo 2 > /proc/self/autogroup; echo $?; echo 3 > /proc/self/autogroup; echo $?'
