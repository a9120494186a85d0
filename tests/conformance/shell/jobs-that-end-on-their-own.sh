# shell: jobs -l -p -r -s, %string, %-, wait for one of several, disown
sleep 60 & sleep 61 & jobs | tr -s ' '; jobs -r | wc -l; jobs -s | wc -l
kill %sleep; echo "status $?"; kill %?60; wait %?60; echo "status $?"
jobs | tr -s ' '; jobs %2 | tr -s ' '; jobs -p | wc -l; disown %2; jobs
wait; echo "nothing to wait for: $?"; pgrep -fx 'sleep 61' | wc -l; pkill -fx 'sleep 61'
true & wait %1; echo "status $?"; sleep 0 & wait; jobs; disown -a; kill %1
