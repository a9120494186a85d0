# cgroup-v2: cpu.max.burst lends what earlier periods did not use
cd /sys/fs/cgroup; mkdir a; echo '20000 100000' > a/cpu.max; echo 20000 > a/cpu.max.burst; cat > /tmp/work.sh <<'S'
echo $$ > /sys/fs/cgroup/a/cgroup.procs
for i in 1 2 3 4 5 6 7 8 9 10; do e=$(( $(date +%s%N) + 30000000 )); while [ $(date +%s%N) -lt $e ]; do :; done; sleep 0.27; done
S
of() { awk "/^$1 / { print \$2 }" a/cpu.stat; }
bash /tmp/work.sh; [ $(of nr_bursts) -ge 4 ] && echo 'bursts'; [ $(of burst_usec) -gt 10000 ] && echo 'time of bursts'; n=$(of nr_bursts); echo 0 > a/cpu.max.burst; bash /tmp/work.sh; [ $(( $(of nr_bursts) - n )) -le 1 ] && echo 'none without'
