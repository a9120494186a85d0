# userland: timeout: signals, statuses, --foreground, --preserve-status
timeout 0.2 sleep 5; echo $?; timeout -s KILL 0.2 sleep 5; echo $?; timeout --preserve-status 0.2 sleep 5; echo $?; timeout -v 0.2 sleep 5; echo $?
timeout -s 0 0.1 sleep 0.5; echo $?; timeout --foreground 0.2 sleep 5; echo $?
timeout 0 true; echo $?; timeout x true; timeout; timeout 1; timeout 1 nosuch; echo $?; timeout 1 /etc; echo $?; timeout -s FOO 1 true; timeout 1x true; timeout -k x 1 true; echo $?
timeout 0.3 bash -c 'trap "echo t; exit 5" TERM; while :; do sleep 0.05; done'; echo $?
