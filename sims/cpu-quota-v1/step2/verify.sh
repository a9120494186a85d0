# Two processes called stress are in the group: the one that was started and its worker.
count=0
for pid in $(cat /sys/fs/cgroup/cpu/demo/tasks); do
  [ "$(cat /proc/$pid/comm)" = stress ] && count=$((count + 1))
done
[ "$count" -ge 2 ]
