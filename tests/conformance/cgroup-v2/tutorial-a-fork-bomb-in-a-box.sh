# cgroup-v2: pids.max against a program that forks for ever, and cgroup.kill to end it
cd /sys/fs/cgroup; mkdir box; echo 12 > box/pids.max; cat box/pids.max box/pids.current; cat box/pids.events
bash -c 'echo $$ > box/cgroup.procs; for i in $(seq 20); do sleep 60 & done; jobs | wc -l' 2>&1 | sed 's/line [0-9]*: //' | sort | uniq -c | sed 's/^ *//'
cat box/pids.current; cat box/pids.events; cat box/cgroup.events; echo 1 > box/cgroup.freeze; cat box/cgroup.events; echo 0 > box/cgroup.freeze
echo 1 > box/cgroup.kill; until [ "$(cat box/pids.current)" = 0 ]; do sleep 0.1; done; cat box/cgroup.procs; cat box/cgroup.events; cat box/cgroup.kill; echo 2 > box/cgroup.kill; rmdir box; ls -d box
