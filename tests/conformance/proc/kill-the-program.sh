# proc: /bin/kill: -l, -s, --signal, names and numbers, messages
sleep 60 & p=$!; /bin/kill -l | head -2; /bin/kill -l 9; /bin/kill -l TERM
/bin/kill -0 $p; echo "status $?"; /bin/kill -s STOP $p
until ps -o stat= -p $p | grep -q T; do :; done; ps -o stat= -p $p; /bin/kill $p; ps -o stat= -p $p
/bin/kill -CONT $p; wait $p; echo "status $?"
/bin/kill 99999; echo "status $?"; /bin/kill; echo "status $?"; /bin/kill abc; echo "status $?"
/bin/kill -NOSUCH 1; echo "status $?"
