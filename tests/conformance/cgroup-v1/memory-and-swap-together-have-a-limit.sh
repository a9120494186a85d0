# cgroup-v1: memory.memsw.limit_in_bytes
# cgroup: v1
dd if=/dev/zero of=/sw bs=1M count=128 status=none; chmod 600 /sw; mkswap /sw > /dev/null; swapon /sw
cd /sys/fs/cgroup/memory; mkdir x; echo 40M > x/memory.memsw.limit_in_bytes; echo 20M > x/memory.limit_in_bytes; echo 40M > x/memory.memsw.limit_in_bytes
cat x/memory.limit_in_bytes x/memory.memsw.limit_in_bytes; echo 50M > x/memory.limit_in_bytes; echo 10M > x/memory.memsw.limit_in_bytes
( echo $BASHPID > x/cgroup.procs; exec stress --vm 1 --vm-bytes 30M --vm-keep --vm-hang 0 -t 20 > /dev/null 2>&1 ) & p=$!
until [ $(cat x/memory.memsw.usage_in_bytes) -gt 30000000 ]; do sleep .2; done
[ $(cat x/memory.usage_in_bytes) -le 20971520 ] && echo within; awk '$1 == "swap" { print ($2 > 9000000) }' x/memory.stat
[ $(cat x/memory.failcnt) -gt 0 ] && echo failed; cat x/memory.memsw.failcnt
kill $p; wait $p 2> /dev/null; sh -c 'echo $$ > x/cgroup.procs; tail /dev/zero; echo $?' 2> /dev/null
[ $(cat x/memory.memsw.failcnt) -gt 0 ] && echo failed; [ $(cat x/memory.memsw.max_usage_in_bytes) -gt 41000000 ] && echo used all
for f in memsw.failcnt failcnt; do echo 0 > x/memory.$f; cat x/memory.$f; done; sed -n 3p x/memory.oom_control
