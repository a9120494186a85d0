echo 301 > /proc/sys/kernel/pid_max
sh -c 'sleep 1 & echo one; sleep 1 & echo two; wait' 2>&1; echo "$?"
sh -c 'sleep 0.3 & wait; (echo again); (exit 3); echo $?' 2>&1
echo 4194304 > /proc/sys/kernel/pid_max
(echo fine)
