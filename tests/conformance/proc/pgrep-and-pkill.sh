# proc: by name, -x -f -u -P -l -a -c -n, statuses, signals
sleep 51 & sleep 52 & p=$!; until [ "$(pgrep -c -x sleep)" = 2 ]; do command sleep 0.0; done
pgrep -c sleep; pgrep -x slee; echo "status $?"; pgrep -a sleep | cut -d' ' -f2-
pgrep -f 'sleep 52' | grep -c .; [ "$(pgrep -n sleep)" = $p ] && echo newest
[ "$(pgrep -P $$ -f 52)" = $p ] && echo child; pgrep -u user; echo "status $?"
pgrep -l sleep | cut -d' ' -f2
pkill -f 'sleep 51'; echo "status $?"; until [ "$(pgrep -c sleep)" = 1 ]; do :; done
pkill nosuch; echo "status $?"; pkill -STOP sleep; until ps -o stat= -p $p | grep -q T; do :; done
ps -o stat= -p $p; pkill sleep; pkill -CONT sleep; wait $p; echo "status $?"
pgrep; echo "status $?"; pgrep --nosuch 2>&1 | head -1; pgrep -u nosuch; echo "status $?"; pgrep a b
pgrep averyveryverylongname; echo "status $?"
