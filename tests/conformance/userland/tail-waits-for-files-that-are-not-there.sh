# userland: tail -F of a name that comes later, in a directory that comes and goes
(sleep 0.7; echo hi > later; sleep 3; echo ho >> later; sleep 3) & timeout 8 tail -F later; echo $?
(sleep 0.7; mkdir nd; echo hi > nd/x; sleep 4) & timeout 6 tail -F nd/x; echo $?
(sleep 0.7; rm -r nd; sleep 3; mkdir nd; echo again > nd/x; sleep 4) & timeout 9 tail -F nd/x; echo $?
tail -f nofile; echo $?
tail --follow=name nofile; echo $?
tail --follow=name -; echo $?
timeout 1 tail -F .; echo $?
tail -f --retry nofile & pid=$!
sleep 1; echo here > nofile; sleep 3; kill $pid; wait $pid
