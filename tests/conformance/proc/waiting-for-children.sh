# proc: wait: statuses, -n, -p, unknown children, traps
true & wait $!; echo $?; false & wait $!; echo $?; wait 1; echo $?; wait 99999; echo $?; wait abc; echo $?; (exit 3) & (exit 4) & wait; echo $?
(sleep 0.1; exit 6) & wait -p v -n; echo $? $([ "$v" = $! ] && echo same); wait %1; echo $?; sh -c 'sleep 0.2 & exit 3'; echo $?
trap 'echo usr' USR1; (sleep 0.3; kill -USR1 $$) & sleep 1 & wait $!; echo $?; trap '' CHLD; (exit 5) & wait $!; echo $?
bash -c 'trap "" CHLD; exec sh -c "grep SigIgn /proc/self/status"'; env --ignore-signal=CHLD sh -c '(exit 7) & wait $!; echo $?; grep SigIgn /proc/self/status'
