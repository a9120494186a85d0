# proc: STOP and CONT; TSTP is without effect in an orphaned process group, as a script's is
sleep 70 & p=$!; s() { ps -o stat= -p $p; }
w() { until [ "$(s)" = $1 ]; do sleep 0.1; done; echo "now $1"; }; w S; kill -STOP $p; w T
kill -TERM $p; s; kill -CONT $p; wait $p; echo "status $?"
kill -0 $p 2> /dev/null; echo "status $?"
sleep 70 & p=$!; kill -TTIN $p; kill -TTOU $p; kill -TSTP $p; sleep 0.5; s
kill -KILL $p 2> /dev/null; wait $p 2> /dev/null; echo "status $?"
sleep 70 & p=$!; kill -WINCH $p; kill -URG $p; kill -CHLD $p; kill -CONT $p; w S; kill -TERM $p
wait $p; echo "status $?"; kill -l 35
for i in 1 2 3 6 8 10 13 14 15; do sh -c "kill -$i \$\$" 2> /dev/null; echo -n "$? "; done 2> /dev/null
echo
