# shell: which killed jobs dash tells of
sh -c 'sleep 1000 & wait; echo $?' & sleep 0.2; kill $(pgrep -x sleep); wait $!; echo $?
sh -c 'sleep 1000 & wait $!; echo $?' & sleep 0.2; kill $(pgrep -x sleep); wait; echo $?
unshare -pf --mount-proc sh -c 'sleep 1000 & wait' & sleep 0.2; kill $(pgrep -x sleep); wait; echo $?
sh -c 'sleep 1000; echo $?' & sleep 0.2; kill $(pgrep -x sleep); wait; echo $?
sh -c 'sleep 1000' & sleep 0.2; kill $(pgrep -x sleep); wait; echo $?
sh -c 'sleep 1000 & sleep 0.4; wait; echo x' & sleep 0.2; kill $(pgrep -x sleep | head -1); wait; echo $?
