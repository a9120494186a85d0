sleep 30 & sleep 31 &
jobs %sleep; echo $?
kill %sleep; echo $?
jobs -n; echo --; jobs; jobs -n; echo --
kill %1 %2; wait; readonly ro; true & wait -n -p ro; echo $?
