# cgroup-v2: stress-ng --vm above memory.max: the child dies and is started again, unless --oomable; below it nobody dies
cd /sys/fs/cgroup; mkdir m; echo 40M > m/memory.max; in() { sh -c 'echo $$ > /sys/fs/cgroup/m/cgroup.procs; exec stress-ng --temp-path /tmp "$@"' sh "$@"; }
n() { sed 's/\[[0-9]*\]/[PID]/g; s/[0-9][0-9]*\.[0-9]*s/TIME/'; }
in --vm 1 --vm-bytes 20M -t 2 2>&1 | n; awk '{print $1, ($2 > 0)}' m/memory.events
in --vm 1 --vm-bytes 100M -t 6 2>&1 | n; echo "[$?]"; awk '{print $1, ($2 > 0)}' m/memory.events; dmesg | grep -o 'Killed process [0-9]* (stress-ng-vm)' | sed 's/[0-9][0-9]*/N/' | sort -u; dmesg | grep -o 'Killed.*oom_score_adj:[0-9]*' | sed 's/.*oom/oom/' | sort -u
in --vm 1 --vm-bytes 100M -t 20 -v 2>&1 | n | grep 'child\|assuming' | sort -u
in --vm 1 --vm-bytes 100M -t 60 --oomable 2>&1 | n; in --vm 4 --vm-bytes 32M --vm-keep -t 3 2>&1 | n
