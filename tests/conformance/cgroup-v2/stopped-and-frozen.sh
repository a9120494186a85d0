# cgroup-v2: a stopped process counts as frozen and stays stopped
cd /sys/fs/cgroup; mkdir z; sleep 60 & S=$!; state() { grep State /proc/$S/status; cat /proc/$S/wchan; echo; grep frozen z/cgroup.events; }
echo $S > z/cgroup.procs; kill -STOP $S; until grep -q stopped /proc/$S/status; do sleep 0.1; done; echo 1 > z/cgroup.freeze; until grep -q 'frozen 1' z/cgroup.events; do sleep 0.1; done; state
kill -CONT $S; until grep -q sleeping /proc/$S/status; do sleep 0.1; done; sleep 0.2; state; kill -STOP $S; sleep 0.2; state
echo 0 > z/cgroup.freeze; until grep -q stopped /proc/$S/status; do sleep 0.1; done; state; kill -9 $S
