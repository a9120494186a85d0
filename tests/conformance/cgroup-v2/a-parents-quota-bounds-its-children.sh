# cgroup-v2: limits are hierarchical; the stricter one holds
cd /sys/fs/cgroup; mkdir -p p/c; echo +cpu > p/cgroup.subtree_control
echo '20000 100000' > p/cpu.max; cat p/c/cpu.max; echo '80000 100000' > p/c/cpu.max
bash -c 'echo $$ > p/c/cgroup.procs; while :; do :; done' & sleep 1
u() { awk '/^usage_usec/ {print $2}' $1/cpu.stat; }; x=$(u p); t=$(date +%s%N); sleep 4
r=$(( ($(u p) - x) * 100000 / ($(date +%s%N) - t) ))
[ $r -ge 14 ] && [ $r -le 26 ] && echo 'about 20 %' || echo $r
awk '$1 == "nr_throttled" {print ($2 > 0)}' p/cpu.stat p/c/cpu.stat; kill %1; wait
rmdir p/c p; echo "status $?"
