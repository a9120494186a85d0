# shell: & $! wait with and without arguments, statuses
sleep 0.2 & p=$!; wait $p; echo "status $?"
(exit 3) & wait $!; echo "status $?"
bash -c 'kill -9 $$' 2> /dev/null & wait $! 2> /dev/null; echo "status $?"
(exit 4) & (exit 5) & wait; echo "status $?"
wait 1; echo "status $?"; wait %3; echo "status $?"
(sleep 0.1; echo late) & echo early; wait
(sleep 0.5; exit 6) & sleep 60 & wait -n; echo "status $?"; kill $!; wait $!; echo "status $?"
wait; echo "none left $?"
