# userland: fractions, suffixes, sums, bad intervals
sleep 0.1; echo $?; sleep 0.01s 0.01m; echo $?; sleep; echo "status $?"; sleep x; echo "status $?"
sleep 1x; sleep -1; echo "status $?"; sleep 0 y z
SECONDS=0; sleep 2; [ $SECONDS -ge 2 ] && [ $SECONDS -lt 5 ] && echo about two seconds
timeout 0.2 sleep 9; echo "status $?"; sleep --help | head -2
