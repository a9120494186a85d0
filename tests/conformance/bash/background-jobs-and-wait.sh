# bash: & $! wait with and without arguments, statuses
sleep 0.2 & p=$!; wait $p; echo "status $?"
(exit 3) & wait $!; echo "status $?"
bash -c 'kill -9 $$' & wait $!; echo "status $?"
(exit 4) & (exit 5) & wait; echo "status $?"
wait 1; echo "status $?"; wait %3; echo "status $?"
(sleep 0.1; echo late) & echo early; wait
(exit 6) & sleep 5 & wait -n; echo "status $?"; kill $!; wait $!; echo "status $?"
wait; echo "none left $?"
