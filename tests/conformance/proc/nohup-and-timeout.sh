# proc: nohup, timeout with its signals and statuses
nohup echo hi; echo "status $?"; nohup; echo "status $?"; nohup nosuch; echo "status $?"
nohup sleep 40 & sleep 0.3; kill -HUP $!; sleep 0.3; kill -0 $! && echo survived; kill $!
timeout 0.3 sleep 9; echo "status $?"; timeout 5 true; echo "status $?"
timeout -s KILL 0.3 sleep 9 | cat; echo "status ${PIPESTATUS[0]}"
timeout --preserve-status 0.3 sleep 9; echo "status $?"; timeout x true; echo "status $?"
timeout; echo "status $?"; timeout 1 nosuch; echo "status $?"
timeout -k 1 2 bash -c 'trap "" TERM; while :; do :; done' | cat; echo "status ${PIPESTATUS[0]}"
timeout 2 bash -c 'trap "echo told; exit 3" TERM; sleep 5 & wait'; echo "status $?"
